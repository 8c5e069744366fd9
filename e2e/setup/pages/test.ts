/* oxlint-disable no-empty-pattern -- Playwright reads the dependencies of a fixture from the pattern. */
import type { BrowserContext, Page } from '@playwright/test';
import { type App, newApp, type RunningApp } from '@/e2e/setup/app';
import { test as base } from '@/e2e/setup/fixtures';
import { listenForErrors, type QuietPages } from '@/e2e/setup/quiet-page';
import { type AdministratorSession, renew, setUp } from '@/e2e/setup/sign-in';

export interface Person {
  page: Page;
  context: BrowserContext;
  quietPages: QuietPages;
}

interface TestFixtures {
  /** Another browser context with its own cookies; its unexpected console errors fail the test, too. */
  newPerson: () => Promise<Person>;
  /** The Cookie header of the shared app's administrator. */
  adminCookie: string;
  /** A separate app, set up, for tests that would lock others out: wrong or changed passwords. */
  guardedApp: { app: App; adminCookie: string };
}

interface WorkerFixtures {
  guarded: { app: App; session: AdministratorSession };
}

/** The Cookie header of a browser context. */
export async function cookieOf(context: BrowserContext, app: RunningApp): Promise<string> {
  const cookies = await context.cookies(app.url);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  newPerson: async ({ browser }, provide) => {
    const people: Person[] = [];
    await provide(async () => {
      const context = await browser.newContext();
      const person = { context, page: await context.newPage(), quietPages: listenForErrors(context) };
      people.push(person);
      return person;
    });
    await Promise.all(people.map(({ context }) => context.close()));
    for (const { quietPages } of people) quietPages.check();
  },

  adminCookie: async ({ signedInCookies }, provide) =>
    provide(signedInCookies.map(({ name, value }) => `${name}=${value}`).join('; ')),

  guarded: [
    async ({ browser }, provide) => {
      const app = await newApp();
      await app.start();
      const context = await browser.newContext();
      const provedAt = Date.now();
      await setUp(await context.newPage(), app);
      const [cookie] = await context.cookies(app.url);
      await context.close();
      await provide({ app, session: { cookie: cookie!, provedAt } });
      await app.stop();
    },
    { scope: 'worker' },
  ],

  guardedApp: async ({ guarded: { app, session } }, provide) => {
    await renew(app, session);
    await provide({ app, adminCookie: `${session.cookie.name}=${session.cookie.value}` });
  },
});

export { expect } from '@/e2e/setup/fixtures';
