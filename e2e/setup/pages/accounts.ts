import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import type { Role } from '@/lib/commands/roles';
import { cookieOf, type Person } from './test';
import { findServerAction, postForm, resultOf } from './server-actions';

interface Account {
  name: string;
  password: string;
}

const words = 'lantern copper meadow seventeen';
export const accountOf = (name: string): Account => ({ name, password: `${words} ${name.length}` });

/** Creates a user by its action. */
export async function addUser(app: App, cookie: string, name: string, role: Role): Promise<Account> {
  const { password } = accountOf(name);
  const fields = { name, role, password, again: password };
  const result = resultOf(await postForm(app, findServerAction('addUser'), fields, { cookie }));
  expect(result).toMatchObject({ ok: true });
  return { name, password };
}

/** Fills in and submits the form; the caller checks the result. */
export async function trySigningIn(page: Page, { name, password }: Account): Promise<void> {
  await page.getByLabel('User name').fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A signed-in browser context, and its Cookie header. */
export async function signedIn(
  person: Person,
  app: App,
  account: Account,
): Promise<{ page: Page; cookie: string }> {
  await person.page.goto(`${app.url}/login`);
  await trySigningIn(person.page, account);
  await expect(person.page).toHaveURL(`${app.url}/`);
  return { page: person.page, cookie: await cookieOf(person.context, app) };
}

/** The server's response to a sign-in from a given address, without a page. */
export async function askToSignIn(
  app: App,
  { name, password }: Account,
  options: { from?: string; headers?: Record<string, string> } = {},
) {
  const answer = await postForm(app, findServerAction('signIn'), { name, password }, options);
  return {
    signedIn: answer.headers['x-action-redirect'] !== undefined,
    result: resultOf(answer),
    headers: answer.headers,
  };
}
