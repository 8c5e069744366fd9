/* oxlint-disable no-empty-pattern -- Playwright reads the dependencies of a fixture from the pattern. */
import type { BrowserContext, Page } from '@playwright/test';
import { type App, newApp, type RunningApp } from '@/e2e/setup/app';
import { test as base } from '@/e2e/setup/fixtures';
import { listenForErrors, type QuietPages } from '@/e2e/setup/quiet-page';
import { setUp } from '@/e2e/setup/sign-in';

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
}

interface WorkerFixtures {
  /** A separate app, set up, for tests that would lock others out: wrong or changed passwords. */
  guardedApp: { app: App; adminCookie: string };
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

  guardedApp: [
    async ({ browser }, provide) => {
      const app = await newApp();
      await app.start();
      const context = await browser.newContext();
      await setUp(await context.newPage(), app);
      const adminCookie = await cookieOf(context, app);
      await context.close();
      await provide({ app, adminCookie });
      await app.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@/e2e/setup/fixtures';
