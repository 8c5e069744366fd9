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

/** Creates the administrator of a new app and signs the page in. */
export async function cookieFor(app: App, page: Page): Promise<string> {
  await setUp(page, app);
  return cookieOf(page.context(), app);
}

/** A /proc file of the server's process: `status`, `stat`. */
function readProcess(app: App, file: string): string {
  const record = readFileSync(path.join(app.dataDirectory, 'process.json'), 'utf8');
  const { pid } = JSON.parse(record) as { pid: number };
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}

/** Resident memory of the server's process, in bytes. */
export function residentSize(app: App): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProcess(app, 'status'))?.[1]) * 1024;
}

/** CPU time of the server's process, in ms. */
export function workDone(app: App): number {
  const stat = readProcess(app, 'stat');
  // proc(5): after the name in parentheses come the state and, 12th and 13th, user and system time in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Waits until a started server has finished its background work. */
export async function untilIdle(app: App): Promise<void> {
  for (let before = -1, now = workDone(app); now - before > 50; now = workDone(app)) {
    before = now;
    await sleep(1000);
  }
}

/** Samples the memory until `stop`, which returns the maximum. */
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

/** Time from the request to the end of the build as a page sees it, in ms. */
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
