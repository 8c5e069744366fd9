import http from 'node:http';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from './setup/app';
import { ask } from './setup/pages/raw-request';
import { expect, test } from './setup/fixtures';
import { lostConnection } from './setup/faults-pages';
import { setUp } from './setup/sign-in';

/** Connections that send nothing, as many as the server takes. */
async function openIdle(app: App, count: number) {
  const { hostname, port } = new URL(app.url);
  const agent = new http.Agent({ keepAlive: true });
  const open = Array.from({ length: count }, () => {
    const request = http.request({ hostname, port, path: '/api/health', agent, method: 'POST' });
    request.on('error', () => undefined); // refused, which is the point
    request.write('x');
    return request;
  });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return () => open.forEach((request) => request.destroy());
}

test('with all of its file handles used up the server goes on, and answers again when some are free', async ({
  page,
  startApp,
  quietPages,
}) => {
  test.setTimeout(180_000);
  quietPages.expectErrors(lostConnection);
  const app = await startApp({ through: ['prlimit', '--nofile=256:256', '--'] });
  await setUp(page, app);
  const close = await openIdle(app, 400);
  const { pid } = JSON.parse(readFileSync(path.join(app.dataDirectory, 'process.json'), 'utf8')) as {
    pid: number;
  };
  const handles = readFileSync(`/proc/${pid}/limits`, 'utf8').match(/Max open files\s+(\d+)/)?.[1];
  expect(handles).toBe('256');
  await expect(ask(app, '/api/health')).rejects.toThrow();
  close();
  await expect
    .poll(() => ask(app, '/api/health').then(({ status }) => status, String), { timeout: 30_000 })
    .toBe(200);
  await page.goto(`${app.url}/builds`);
  await expect(page.getByRole('heading', { name: 'Builds', level: 1 })).toBeVisible();
});

test('a server that stands still for seconds answers afterwards what it was asked meanwhile', async ({
  page,
  startApp,
}) => {
  test.setTimeout(180_000);
  const app = await startApp();
  await setUp(page, app);
  const { pid } = JSON.parse(readFileSync(path.join(app.dataDirectory, 'process.json'), 'utf8')) as {
    pid: number;
  };
  const heading = page.getByRole('heading', { name: 'Images', level: 1 });
  process.kill(pid, 'SIGSTOP');
  try {
    await page.getByRole('link', { name: 'Images' }).first().click();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    await expect(heading).toBeHidden();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect(heading).toBeVisible();
});
