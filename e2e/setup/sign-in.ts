import { expect, type Page } from '@playwright/test';
import type { App } from './app';
import { findServerAction, postForm } from './pages/server-actions';

export const administrator = { name: 'admin', password: 'ladder violet quarry sunday' };

/** A cookie of the administrator, and when the password was entered for it. */
export interface AdministratorSession {
  cookie: { name: string; value: string };
  provedAt: number;
}

/** Of 5 minutes, after which dangerous acts ask for the password. */
const renewAfterMs = 2 * 60_000;

/** Signs in again, by the request of the form, when the password was entered too long ago for a whole test. */
export async function renew(app: App, session: AdministratorSession): Promise<void> {
  if (Date.now() - session.provedAt < renewAfterMs) return;
  const provedAt = Date.now();
  // From an address of its own: tests use up the attempts of the usual one.
  const answer = await postForm(app, findServerAction('signIn'), administrator, { from: '127.0.0.8' });
  const pattern = new RegExp(`^${session.cookie.name}=([\\w-]{43});`);
  const value = pattern.exec(answer.headers['set-cookie']?.join() ?? '')?.[1];
  if (!value) throw new Error(`Signing in again: ${answer.status} ${answer.text.slice(0, 500)}`);
  session.cookie.value = value;
  session.provedAt = provedAt;
}

/** Opens the set-up link, creates the administrator and is signed in afterwards. */
export async function setUp(page: Page, app: Pick<App, 'url' | 'setupLink'>): Promise<void> {
  await page.goto(app.setupLink());
  await expect(page.getByLabel('Set-up code')).not.toBeEmpty();
  await page.getByLabel('User name').fill(administrator.name);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(administrator.password);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(administrator.password);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page).toHaveURL(`${app.url}/`, { timeout: 60_000 }); // password hashing is slow on a slow machine
}
