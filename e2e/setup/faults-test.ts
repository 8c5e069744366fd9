/* oxlint-disable no-empty-pattern -- Playwright reads the dependencies of a fixture from the pattern. */
import type { Browser } from '@playwright/test';
import type { SignedIn } from './faults-builds';
import { type Gates, openGates } from './faults-gates';
import { openWire, type Wire } from './faults-wire';
import { type App, newApp } from './app';
import { test as base } from './fixtures';
import { cookieOf } from './pages/test';
import { setUp } from './sign-in';

type Cookies = Awaited<ReturnType<ReturnType<Browser['contexts']>[number]['cookies']>>;
type Ready = SignedIn & { cookies: Cookies };

interface WorkerFixtures {
  /** An app on `breakableEngine` that runs one build at a time. */
  shaky: Ready;
  /** An app that can be killed, with one build at a time; restarted for the next test. */
  mortal: Ready;
}

interface TestFixtures {
  /** Gates for the builds of this test. */
  gates: Gates;
  /** Puts a wire in front of a registry. */
  wireTo: (registry: string) => Promise<Wire>;
  /** The shared app with its administrator. */
  shared: SignedIn;
}

const oneAtATime = { LAYERWRIGHT_BUILDS: '1' };

async function ready(app: App, browser: Browser): Promise<Ready> {
  await app.start();
  const context = await browser.newContext();
  await setUp(await context.newPage(), app);
  const cookies = await context.cookies();
  const cookie = await cookieOf(context, app);
  await context.close();
  return { app, cookies, cookie };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  shaky: [
    async ({ breakableEngine, browser }, provide) => {
      const app = await newApp({ engine: breakableEngine.address, env: oneAtATime });
      await provide(await ready(app, browser));
      await app.stop();
    },
    { scope: 'worker' },
  ],

  mortal: [
    async ({ browser }, provide) => {
      const app = await newApp({ env: oneAtATime });
      await provide(await ready(app, browser));
      await app.stop();
    },
    { scope: 'worker' },
  ],

  gates: async ({}, provide) => {
    const gates = await openGates();
    await provide(gates);
    await gates.close();
  },

  wireTo: async ({}, provide) => {
    const wires: Wire[] = [];
    await provide(async (registry) => {
      const wire = await openWire(registry);
      wires.push(wire);
      return wire;
    });
    await Promise.all(wires.map((wire) => wire.close()));
  },

  shared: async ({ app, signedInCookies }, provide) =>
    provide({ app, cookie: signedInCookies.map(({ name, value }) => `${name}=${value}`).join('; ') }),
});

export { expect } from './fixtures';
