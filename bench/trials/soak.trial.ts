import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { openViewer } from '@/e2e/setup/faults-viewers';
import { ask } from '@/e2e/setup/pages/raw-request';
import { listOpenKinds, terminalOf } from './setup/database';
import { trialOptions } from './setup/options';
import { openRandom } from '@/bin/testing/random';
import { findRise, type Sample, writeSoak } from './setup/soak-results';
import { startTyping } from './setup/typing';
import { works } from './setup/works';
import { openWorld, type World } from './setup/world';

const { seed, minutes } = trialOptions;
const sampleEveryMs = 2000;
/** Followers at most; each stays for some seconds. */
const mostFollowers = 12;

/** Of the server's process, and how long it takes to answer what costs nothing: its loop's lag, with the network's. */
async function takeSample({ app }: World, begun: number): Promise<Sample> {
  const { pid } = JSON.parse(readFileSync(path.join(app.dataDirectory, 'process.json'), 'utf8')) as {
    pid: number;
  };
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const asked = performance.now();
  await ask(app, '/api/health');
  return {
    seconds: Math.round((performance.now() - begun) / 1000),
    residentBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1]),
    answerMs: Math.round(performance.now() - asked),
  };
}

test(`the server works for ${minutes} minutes`, async ({ browser }) => {
  test.setTimeout(0);
  // With the limit of a large machine, V8 keeps hundreds of megabytes of garbage: a leak would not be seen.
  const world = await openWorld(browser, { NODE_OPTIONS: '--max-old-space-size=256' });
  const { app } = world;
  const random = openRandom(seed);
  const begun = performance.now();
  const goesOn = () => performance.now() - begun < minutes * 60_000;
  const typing = startTyping(world);
  const samples: Sample[] = [];
  const done = new Map<string, number>();
  let followers = 0;

  /** A follower that comes, reads everything so far, and goes. */
  async function follow(operation: string) {
    if (followers >= mostFollowers) return;
    followers += 1;
    const viewer = await openViewer(world, operation);
    await Promise.race([viewer.ended.catch(() => undefined), sleep(1000 + random() * 8000)]);
    viewer.close();
    followers -= 1;
  }

  async function work() {
    while (goesOn()) {
      const names = Object.keys(works);
      await world.renew();
      const name = names[Math.floor(random() * names.length)]!;
      const operation = await works[name]!(world, new Map());
      done.set(name, (done.get(name) ?? 0) + 1);
      if (operation) void follow(operation);
      void follow(terminalOf(app, world.workbench));
      // No more than a few at a time: the queue would grow for as long as the trial lasts.
      while (listOpenKinds(app).length > 5) await sleep(200);
    }
  }

  async function watch() {
    while (goesOn()) {
      samples.push(await takeSample(world, begun));
      await sleep(sampleEveryMs);
    }
  }

  await Promise.all([work(), watch()]);
  const typed = await typing.stop();
  await expect.poll(() => listOpenKinds(app), { timeout: 120_000 }).toEqual(['workbench']);
  await expect.poll(() => followers, { timeout: 30_000 }).toBe(0);
  await sleep(10_000);
  samples.push(await takeSample(world, begun));
  writeSoak({ seed, minutes, samples, done, typed }, minutes >= 5);
  await world.close();
  expect(findRise(samples)).toEqual([]);
});
