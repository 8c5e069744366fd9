/* oxlint-disable no-empty-pattern -- Playwright reads the dependencies of a fixture from the pattern. */
import { test as base, type Page } from '@playwright/test';
import { importBaseImage } from '@/bin/base-image.js';
import { callEngine } from '@/bin/docker-api.js';
import { startEngine, type Engine } from '@/bin/engine.js';
import { anyFreePort } from '@/bin/ports.js';
import { startRegistry } from '@/bin/registry.js';
import { makePasswordFile, type RegistryUser } from '@/lib/registry/test-server';
import { type App, type AppOptions, newApp } from './app';
import { fromEnvironment, newDirectory } from './environment';
import { openRelay, type Relay } from './faults-relay';
import { listenForErrors, type QuietPages } from './quiet-page';
import { type AdministratorSession, renew, setUp } from './sign-in';

type Registry = Awaited<ReturnType<typeof startRegistry>>;
type RegistryOptions = Pick<Parameters<typeof startRegistry>[0], 'tls'> & { htpasswd?: RegistryUser };
type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

interface WorkerFixtures {
  /** The shared app; the first test that signs in creates its administrator. */
  app: App;
  /** The shared engine, with busybox:latest. */
  engine: {
    address: string;
    call: (target: string, method?: 'GET' | 'POST' | 'DELETE') => ReturnType<typeof callEngine>;
  };
  /** The shared registry: plain HTTP on 127.0.0.1, without a password. */
  registry: { host: string };
  /** An engine that can be stopped and killed, with busybox:latest; restarted for the next test. */
  breakableEngine: Engine;
  administratorSession: AdministratorSession & { cookie: Cookies[number] };
}

interface TestFixtures {
  /** Starts another app, to be killed or to have another engine; stopped after the test. */
  startApp: (options?: AppOptions) => Promise<App>;
  /** Starts another app behind a network that can be cut; `direct` bypasses it. */
  startBehindRelay: () => Promise<{ app: App; direct: App; relay: Relay }>;
  /** Starts another registry, with a password or TLS; stopped after the test. */
  startRegistry: (options?: RegistryOptions) => Promise<Registry>;
  /** Of the shared app's administrator, whose password was entered a short while ago. */
  signedInCookies: Cookies;
  /** A page of the shared app, signed in as its administrator. */
  signedInPage: Page;
  /** Fails the test on unexpected console errors of the browser. */
  quietPages: QuietPages;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  app: [
    async ({}, provide) => {
      const app = await newApp();
      await app.start();
      await provide(app);
      await app.stop();
    },
    { scope: 'worker' },
  ],

  engine: [
    async ({}, provide) => {
      const address = fromEnvironment('LAYERWRIGHT_TEST_ENGINE');
      await provide({ address, call: (target, method = 'GET') => callEngine(address, target, { method }) });
    },
    { scope: 'worker' },
  ],

  registry: [
    async ({}, provide) => provide({ host: fromEnvironment('LAYERWRIGHT_TEST_REGISTRY') }),
    { scope: 'worker' },
  ],

  breakableEngine: [
    async ({}, provide) => {
      const engine = await startEngine({ directory: newDirectory('engine') });
      await importBaseImage(engine.address);
      await provide(engine);
      await engine.stop();
    },
    { scope: 'worker' },
  ],

  administratorSession: [
    async ({ app, browser }, provide) => {
      const context = await browser.newContext();
      const provedAt = Date.now();
      await setUp(await context.newPage(), app);
      const [cookie] = await context.cookies();
      await context.close();
      await provide({ cookie: cookie!, provedAt });
    },
    { scope: 'worker' },
  ],

  signedInCookies: async ({ app, administratorSession: session }, provide) => {
    await renew(app, session);
    await provide([{ ...session.cookie }]);
  },

  startApp: async ({}, provide) => {
    const apps: App[] = [];
    await provide(async (options) => {
      const app = await newApp(options);
      apps.push(app);
      await app.start();
      return app;
    });
    await Promise.all(apps.map((app) => app.stop()));
  },

  startRegistry: async ({}, provide) => {
    const registries: Registry[] = [];
    await provide(async ({ tls, htpasswd } = {}) => {
      const directory = newDirectory('registry');
      const passwordFile = htpasswd && (await makePasswordFile(directory, htpasswd));
      const registry = await startRegistry({ directory, port: await anyFreePort(), passwordFile, tls });
      registries.push(registry);
      return registry;
    });
    await Promise.all(registries.map((registry) => registry.stop()));
  },

  startBehindRelay: async ({ startApp }, provide) => {
    const relays: Relay[] = [];
    await provide(async () => {
      const relay = await openRelay();
      relays.push(relay);
      const app = await startApp({ env: { LAYERWRIGHT_ALLOWED_HOSTS: relay.host } });
      relay.to(app.url);
      return { app: { ...app, url: relay.url }, direct: app, relay };
    });
    await Promise.all(relays.map((relay) => relay.close()));
  },

  signedInPage: async ({ app, page, signedInCookies }, provide) => {
    await page.context().addCookies(signedInCookies);
    await page.goto(app.url);
    await provide(page);
  },

  quietPages: [
    async ({ context, startApp }, provide) => {
      void startApp; // a dependency, so that its apps are stopped after the check: a page connected to a stopped app logs errors
      const quietPages = listenForErrors(context);
      await provide(quietPages);
      quietPages.check();
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
