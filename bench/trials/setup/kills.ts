import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, expect } from '@playwright/test';
import { listBadBackups, listOpenKinds, listRows, terminalOf } from './database';
import { openFollowers } from './followers';
import { openRandom } from '@/bin/testing/random';
import type { Kill, Trial } from './results';
import { findUntruths } from './truths';
import { findMistyped, startTyping } from './typing';
import { type Acknowledged, findLostParts } from './uploads';
import { works } from './works';
import { openWorld, type World } from './world';

/** Works that are begun before one kill, at random instants: what they do meets. */
const atOnce = 5;
/** ms. The longest work takes about so long on a machine that has other things to do. */
const longestMs = 4000;
/** ms. An aimed kill comes at most so long after its operation was started: most run for less than a second. */
const aimedMs = 800;

const auditProgram = path.join(import.meta.dirname, '../../../bin/audit.js');

function findAuditProblem({ app }: World): string[] {
  try {
    execFileSync(process.execPath, [auditProgram, 'verify', path.join(app.dataDirectory, 'layerwright.db')]);
    return [];
  } catch (error) {
    return [`the audit chain: ${String((error as { stdout?: unknown }).stdout)}`];
  }
}

/** Rows that have not ended some time after a start; a terminal goes on. */
async function findUnended({ app }: World): Promise<string[]> {
  const open = () => listOpenKinds(app).filter((kind) => kind !== 'workbench');
  try {
    await expect.poll(open, { timeout: 90_000 }).toEqual([]);
    return [];
  } catch {
    return [`still open 90 s after the start: ${open().join(', ')}`];
  }
}

/** What the server answered instead of doing the work; that it was killed meanwhile is no failure. */
function findRefusals(begun: string[], outcomes: PromiseSettledResult<unknown>[]): string[] {
  return outcomes.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled') return [];
    const { code, message } = outcome.reason as Error & { code?: string };
    const isKilled = code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE';
    return isKilled ? [] : [`${begun[index]} was not begun: ${message}`];
  });
}

/**
 * Begins works, kills the server, and starts it again. Every second kill is aimed: it comes a random time after one of
 * the works, each in its turn, has become an operation. The others come at any time, during uploads and downloads, too.
 */
async function killOnce(world: World, number: number, begun: string[], random: () => number) {
  const { app } = world;
  await world.renew();
  const acknowledged: Acknowledged = new Map();
  const followers = openFollowers(world);
  await followers.follow(terminalOf(app, world.workbench));
  const aim = number % 2 ? null : (number / 2) % begun.length;
  const afterMs = Math.round(random() * (aim === null ? longestMs : aimedMs));
  const delays = begun.map(() => random() * afterMs);
  const started = begun.map(async (name, index) => {
    await sleep(delays[index]);
    return works[name]!(world, acknowledged);
  });
  const running = Promise.allSettled(
    started.map(async (work) => {
      const operation = await work;
      if (operation) await followers.follow(operation);
    }),
  );
  if (aim !== null) await Promise.allSettled([started[aim]]);
  await sleep(afterMs);
  await app.kill();
  await running;
  const problems = findRefusals(begun, await Promise.allSettled(started));
  const aimed = aim === null ? null : begun[aim]!;
  const kill: Kill = { number, works: begun, aimed, afterMs, struck: listOpenKinds(app), problems };
  await app.start();
  return { kill, followers, acknowledged };
}

/** Kills the server so many times, and compares after each start what it says with what is there. */
export async function runKills(
  browser: Browser,
  { seed, kills: count, names }: { seed: number; kills: number; names: string[] },
): Promise<Trial> {
  const random = openRandom(seed);
  const world = await openWorld(browser);
  const { app } = world;
  const typing = startTyping(world);
  const chosen = names.length ? names : Object.keys(works);
  const kills: Kill[] = [];
  let events = 0;

  for (let number = 1; number <= count; number++) {
    const last = listRows(app, '').at(-1)?.id ?? '';
    const first = number * atOnce;
    const begun = Array.from({ length: atOnce }, (_, index) => chosen[(first + index) % chosen.length]!);
    const { kill, followers, acknowledged } = await killOnce(world, number, begun, random);
    kills.push(kill);
    events += followers.count();
    kill.problems.push(
      ...(await findUnended(world)),
      ...(await followers.findLost()),
      ...(await findUntruths(listRows(app, last), world)),
      ...(await findLostParts(world, acknowledged)),
      ...findAuditProblem(world),
    );
    if (kill.problems.length) console.log(`Kill ${number} of seed ${seed}:`, kill.problems.join('\n'));
  }

  const typed = await typing.stop();
  const problems = [...(await findMistyped(world, typed)), ...listBadBackups(app)];
  await world.close();
  return { seed, kills, events, typed, problems };
}
