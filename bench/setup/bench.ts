import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { setUp } from '@/e2e/setup/sign-in';
import { cookieOf } from '@/e2e/setup/pages/test';
import { openViewer } from '@/e2e/setup/faults-viewers';
import { call } from '@/e2e/setup/pages/server-actions';

export { expect, test } from '@/e2e/setup/steps-test';

/** Makes the administrator of a new app; the page is signed in afterwards. */
export async function cookieFor(app: App, page: Page): Promise<string> {
  await setUp(page, app);
  return cookieOf(page.context(), app);
}

/** A file of the kernel about the server's process: `status`, `stat`. */
function readProcess(app: App, file: string): string {
  const record = readFileSync(path.join(app.dataDirectory, 'process.json'), 'utf8');
  const { pid } = JSON.parse(record) as { pid: number };
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}

/** What the server's process holds in memory now, in bytes. */
export function residentSize(app: App): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProcess(app, 'status'))?.[1]) * 1024;
}

/** ms of work that the server's process has done so far. */
export function workDone(app: App): number {
  const stat = readProcess(app, 'stat');
  // proc(5): after the name in brackets come the state and, 12th and 13th, user and system time in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Waits until a server that has just begun has read what it reads in the background. */
export async function untilIdle(app: App): Promise<void> {
  for (let before = -1, now = workDone(app); now - before > 50; now = workDone(app)) {
    before = now;
    await sleep(1000);
  }
}

/** Looks at the memory until `stop`, which answers the most that was seen. */
export function watchMemory(app: App): { stop: () => number } {
  let most = residentSize(app);
  const timer = setInterval(() => (most = Math.max(most, residentSize(app))), 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, residentSize(app));
    },
  };
}

/** From the request to the end of the build, as a page would see it; in ms. */
export async function timeBuild(app: App, cookie: string, projectId: string): Promise<number> {
  const begun = performance.now();
  const { id } = await call<{ id: string }>(app, cookie, 'startBuild', { projectId });
  const viewer = await openViewer({ app, cookie }, id);
  await viewer.ended;
  const end = viewer.events.at(-1);
  if (end?.type !== 'end' || end.status !== 'succeeded')
    throw new Error(`The build did not succeed: ${JSON.stringify(end)}`);
  return performance.now() - begun;
}
