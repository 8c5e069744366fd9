import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

// The distribution's Chromium: Playwright's own is a download.
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

/** No sandbox, because the tests run as root; and nothing that asks the network by itself. */
const quiet = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
];

// `npm run bench` (bin/test.js) measures instead of testing.
const measures = Boolean(process.env.LAYERWRIGHT_BENCH);

// `npm run faults` and `npm run soak` try for as long as they are told.
const tries = Boolean(process.env.LAYERWRIGHT_TRIAL);

// `npm run screenshots` makes pictures instead of testing; the workers are told by the environment.
if (process.argv.some((argument) => argument.startsWith('e2e/pictures')))
  process.env.LAYERWRIGHT_PICTURES = '1';

export default defineConfig({
  testDir: tries ? './bench/trials' : measures ? './bench' : './e2e',
  testMatch: tries
    ? '**/*.trial.ts'
    : measures
      ? '**/*.bench.ts'
      : process.env.LAYERWRIGHT_PICTURES
        ? '**/*.shots.ts'
        : '**/*.spec.ts',
  outputDir: './test-results',
  timeout: 90_000,
  globalTimeout: tries ? 0 : 45 * 60_000,
  expect: { timeout: 20_000 },
  // One app, one engine, and two cores.
  workers: 1,
  // A container that comes or goes changes the network of the machine, and Chromium drops what is on its way just then,
  // a click's navigation too. What passed only the second time is named at the end.
  retries: tries ? 0 : 1,
  forbidOnly: true,
  reporter: [
    ['list'],
    ['./bin/report-playwright.js'],
    ...(measures ? [['./bench/setup/reporter.ts'] as const] : []),
  ],
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    // Recording would be measured along.
    trace: measures || tries ? 'off' : 'retain-on-failure',
    launchOptions: { executablePath: chromium, args: quiet },
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } },
    },
  ],
});
