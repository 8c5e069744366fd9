import { spawnSync } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { ask } from '@/e2e/setup/pages/raw-request';
import { makeProject } from '@/e2e/setup/steps-projects';
import { expectStatus, logOf } from '@/e2e/setup/steps-builds';
import { cookieFor, test } from './setup/bench';
import { formatMs, median } from './setup/figures';
import { note } from './setup/measure';
import { millionLines, textOf } from './setup/million';

const root = path.join(import.meta.dirname, '..');

/** Writes the log into the data of a stopped app; returns ms. */
async function seed(app: App, projectId: string): Promise<number> {
  const begun = performance.now();
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'bench/setup/seed.config.ts'];
  const env = { ...process.env, LAYERWRIGHT_DATA: app.dataDirectory, BENCH_PROJECT: projectId };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The log was not written:\n${stdout}\n${stderr}`);
  return performance.now() - begun;
}

/** How many lines of the downloaded log are not what the build wrote. */
function countLost(app: App, cookie: string, build: string): Promise<number> {
  const { hostname, port } = new URL(app.url);
  const path = `/api/operations/${build}/raw`;
  return new Promise((resolve, reject) => {
    const request = http.get({ hostname, port, path, headers: { cookie } }, (answer) => {
      let held = '';
      let seen = 0;
      answer.setEncoding('utf8').on('data', (text: string) => {
        const parts = (held + text).split('\n');
        held = parts.pop() ?? '';
        for (const part of parts) if (part === textOf(seen + 1)) seen += 1;
      });
      answer.on('end', () => resolve(millionLines - seen));
      answer.on('error', reject);
    });
    request.on('error', reject);
  });
}

/** Milliseconds between frames while the log scrolls by three rows per frame. */
const scrollFrames = (page: Page): Promise<number[]> =>
  logOf(page).evaluate(
    (element) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        let before = performance.now();
        const turn = () => {
          const now = performance.now();
          frames.push(now - before);
          before = now;
          element.scrollTop -= 54;
          if (frames.length < 300) requestAnimationFrame(turn);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(turn);
      }),
  );

test('a log of 1,000,000 lines', async ({ startApp, page }) => {
  test.setTimeout(6 * 60_000);
  const what = 'a build log of 1,000,000 lines';
  const app = await startApp();
  const adminCookie = await cookieFor(app, page);
  const { id } = await makeProject(app, adminCookie, 'Million', { Dockerfile: 'FROM busybox\nRUN make\n' });
  await page.goto('about:blank');
  await app.stop();
  const took = await seed(app, id);
  await app.start();
  const list = await ask(app, '/builds', { headers: { cookie: adminCookie } });
  const build = /\/builds\/([0-9a-z]{16})/.exec(list.text)?.[1] ?? '';
  const lost = await countLost(app, adminCookie, build);
  note({
    what: `${what}: all stored`,
    target: '0 lost',
    measured: `${lost} lost (stored through the recorder in ${formatMs(took)}; the engine's own log stops before)`,
    met: lost === 0,
  });

  const last = page.getByText(textOf(millionLines), { exact: true });
  const opened: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    await page.goto('about:blank');
    const before = performance.now();
    await page.goto(`${app.url}/builds/${build}`, { waitUntil: 'commit' });
    await last.waitFor();
    opened.push(performance.now() - before);
  }
  await expectStatus(page, 'Failed');
  note({
    what: `${what}: open at the end`,
    target: '≤ 1 s',
    measured: formatMs(median(opened)),
    met: median(opened) <= 1000,
  });

  const frames = await scrollFrames(page);
  note({
    what: `${what}: scroll`,
    target: 'median frame ≤ 17 ms',
    measured: `median ${formatMs(median(frames))}, longest ${formatMs(Math.max(...frames))}`,
    met: median(frames) <= 17,
  });

  const field = page.getByLabel('Search the log');
  const searched: number[] = [];
  for (const line of [654_321, 3, 999_998]) {
    const before = performance.now();
    await field.fill(`part ${line} of`);
    await page.getByText(textOf(line), { exact: true }).waitFor();
    searched.push(performance.now() - before);
  }
  note({
    what: `${what}: search`,
    target: '≤ 1 s',
    measured: `${formatMs(Math.max(...searched))} at the most of ${searched.length}`,
    met: Math.max(...searched) <= 1000,
  });
});
