import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { command } from '@/lib/commands/command';
import { runCommand } from '@/lib/commands/run-command';
import { backUpDatabase } from '@/lib/db/backup';
import { readDataDisk } from '@/lib/db/data-disk';
import { databaseFile, reserveFile } from '@/lib/db/files';
import { lockInChild } from '@/lib/db/lock-in-child';
import { makeTestDirectory, useTestDatabase } from '@/lib/db/test-database';
import { defaultEngine } from '@/lib/engine/engines';
import { asAppError } from '@/lib/errors';
import { forget } from '@/lib/remember';
import { cancelOperation } from './cancel';
import { defineOperation } from './define';
import { follow } from './follow';
import type { OperationContext } from './kinds';
import { readLines, readRaw } from './log';
import { setLimit, stopRunner } from './runner';
import { operationHref } from './schema';
import { lookAtDataDisk, storageStatus } from './storage';
import { getOperation } from './store';

/** A file system of a few MB of its own, where this test may mount one. */
function mountSmallDisk(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not root, or no right to mount
  }
}

const directory = makeTestDirectory();
const small = mountSmallDisk(directory);
if (!small) console.warn('Skipped: a full disk. It needs root and the right to mount.');
const { db } = await useTestDatabase(directory);
afterAll(() => {
  if (small) execFileSync('umount', ['-l', directory]);
});

let work: (context: OperationContext) => Promise<unknown>;
const operation = defineOperation({
  kind: 'test',
  read: 'operation:read',
  lane: 'build',
  input: z.object({}),
  result: z.unknown(),
  href: operationHref,
  run: (context) => work(context),
});
const cleaning = defineOperation({
  kind: 'clean',
  read: 'operation:read',
  lane: 'transfer',
  freesSpace: true,
  input: z.object({}),
  result: z.null(),
  href: operationHref,
  run: () => Promise.resolve(null),
});
const begin = () =>
  operation.start({ engine: defaultEngine(), title: 'A build', input: {}, user: { id: 'u', name: 'Ada' } });

const ballast = path.join(directory, 'ballast');

/** Takes all that is left of the disk. */
function fillDisk() {
  for (let size = 1024 * 1024; size >= 512;)
    try {
      writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch {
      size /= 2;
    }
}

async function lastEvent(id: string) {
  let last;
  for await (const batch of follow(id, 0, AbortSignal.timeout(15_000))) last = batch.at(-1);
  return last;
}

async function loggedBytes(id: string) {
  let bytes = 0;
  for await (const piece of readRaw(id, null)) bytes += piece.length;
  return bytes;
}

/** The log says it, once, and nothing else. */
function logged(text: string) {
  const log = vi.mocked(console.error);
  expect(log.mock.calls.flat().join('\n')).toContain(text);
  expect(log).toHaveBeenCalledTimes(1);
  log.mockClear();
}

setLimit('build', 2);

afterEach(async () => {
  rmSync(ballast, { force: true });
  await stopRunner();
  forget('runner');
  setLimit('build', 2);
});

test('a database that another process has locked neither freezes the server nor loses anything', async () => {
  const lines = 200;
  work = async ({ emit }) => {
    for (let n = 0; n < lines; n++) {
      await emit({ type: 'log', step: 'a', stream: 'stdout', text: `line ${n}\n` });
      await sleep(10);
    }
  };
  const id = await begin();
  await sleep(100);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const { released } = await lockInChild(databaseFile(), 5000);
  delay.enable();
  await db.setting.create({ data: { key: 'while locked', value: '' } });
  await released;
  await sleep(50);
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(1000);
  expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'succeeded' });
  expect(await readLines(id, 'a', 0, lines + 1)).toHaveLength(lines);
  expect(await db.setting.count()).toBe(1);
});

test('an operation whose end comes while the database is locked for long ends when it is free again', async () => {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  work = () => finished;
  const id = await begin();
  await vi.waitFor(isRunning(id));
  const { released } = await lockInChild(databaseFile(), 13_000);
  finish();
  const refused = expect(begin()).rejects.toSatisfy((error) => asAppError(error).code === 'storage_busy');
  await vi.waitFor(() => expect(storageStatus().state).toBe('busy'), { timeout: 12_000 });
  expect((await getOperation(id)).status).toBe('running');
  await refused;
  await released;
  expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'succeeded' });
  expect(storageStatus().state).toBe('ready');
  logged('The database is busy');
}, 30_000);

const noise = () => ({
  type: 'log' as const,
  step: 'a',
  stream: 'stdout' as const,
  text: `${randomBytes(50_000).toString('hex')}\n`,
});

const isRunning = (id: string) => async () => expect((await getOperation(id)).status).toBe('running');
const isFull = () => expect(storageStatus()).toMatchObject({ state: 'full' });

test.skipIf(!small)(
  'on a full disk work waits, pages are told, and it goes on when there is room',
  async () => {
    let go = () => {};
    const goes = new Promise<void>((resolve) => (go = resolve));
    let emitted = 0;
    work = async ({ emit }) => {
      await goes;
      for (; emitted < 40; emitted++) await emit(noise());
    };
    fillDisk();
    await expect(begin()).rejects.toSatisfy((error) => asAppError(error).code === 'storage_full');
    rmSync(ballast);
    const id = await begin();
    await vi.waitFor(isRunning(id));
    fillDisk();
    go();
    await vi.waitFor(isFull, { timeout: 5000 });
    await sleep(1000);
    expect(emitted).toBeLessThan(20);
    await isRunning(id)();
    rmSync(ballast);
    expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'succeeded' });
    expect(await loggedBytes(id)).toBe(40 * 100_001);
    expect(storageStatus().state).toBe('ready');
    logged('disk is full');
  },
  30_000,
);

test.skipIf(!small)(
  'work can be cancelled while the disk is full',
  async () => {
    let stopped = false;
    work = async ({ emit }) => {
      try {
        for (;;) await emit(noise());
      } finally {
        stopped = true;
      }
    };
    fillDisk();
    rmSync(ballast);
    const id = await begin();
    await vi.waitFor(isRunning(id));
    fillDisk();
    await vi.waitFor(isFull, { timeout: 5000 });
    expect(await cancelOperation(id, 'Ada')).toBe('running');
    await vi.waitFor(() => expect(stopped).toBe(true));
    await isRunning(id)();
    rmSync(ballast);
    expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'cancelled' });
    logged('disk is full');
  },
  30_000,
);

test.skipIf(!small)(
  'what running work starts waits for room, too',
  async () => {
    let go = () => {};
    const goes = new Promise<void>((resolve) => (go = resolve));
    let child = '';
    work = async ({ id, engine }) => {
      await goes;
      const title = randomBytes(1_500_000).toString('hex');
      child = await cleaning.start({ engine, title, input: {}, user: null, parentId: id });
    };
    const id = await begin();
    await vi.waitFor(isRunning(id));
    fillDisk();
    go();
    await vi.waitFor(isFull, { timeout: 5000 });
    rmSync(ballast);
    expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'succeeded' });
    expect(await lastEvent(child)).toMatchObject({ type: 'end', status: 'succeeded' });
    logged('disk is full');
  },
  30_000,
);

test.skipIf(!small)('an almost full disk is said, and refuses new work before it is full', async () => {
  work = () => Promise.resolve();
  await lookAtDataDisk();
  expect(storageStatus().state).toBe('ready');
  const { freeBytes } = await readDataDisk();
  writeFileSync(ballast, Buffer.alloc(freeBytes - 2_000_000));
  await lookAtDataDisk();
  expect(storageStatus()).toMatchObject({
    state: 'low',
    message: expect.stringMatching(/^Less than 3.36 MB/),
  });
  expect(await lastEvent(await begin())).toMatchObject({ status: 'succeeded' });
  const { freeBytes: left } = await readDataDisk();
  writeFileSync(ballast, Buffer.alloc(left - 300_000), { flag: 'a' });
  await lookAtDataDisk();
  expect(storageStatus().state).toBe('reserve');
  await expect(begin()).rejects.toMatchObject({
    code: 'storage_full',
    message: expect.stringMatching(/almost full: .* free, 1.68 MB needed/) as string,
  });
  await cleaning.start({ engine: defaultEngine(), title: 'Clean', input: {}, user: null });
  await expect(backUpDatabase('by-hand')).rejects.toMatchObject({ code: 'storage_full' });
  rmSync(ballast);
  await lookAtDataDisk();
  expect(storageStatus().state).toBe('ready');
});

test.skipIf(!small)(
  'on a completely full disk, what frees space is in the audit log and done, with the space that is kept for it',
  async () => {
    const clean = command({
      name: 'test.clean',
      permission: 'engine:prune',
      onFullDisk: 'reserve',
      output: z.object({ id: z.string() }),
      run: async (_input, { user }) => ({
        id: await cleaning.start({ engine: defaultEngine(), title: 'Clean', input: {}, user }),
      }),
    });
    const save = command({
      name: 'test.save',
      permission: 'project:edit',
      input: z.object({ id: z.string() }),
      output: z.void(),
      run: () => undefined,
    });
    const asking = {
      user: { id: 'u', name: 'ada', role: 'admin' as const, loginSessionId: 's', provedAt: Date.now() },
      client: { address: '192.0.2.1', userAgent: '' },
      signal: new AbortController().signal,
      body: null,
    };
    await lookAtDataDisk();
    expect(existsSync(reserveFile())).toBe(true);
    fillDisk();
    // Uses up what is left in the database's own files.
    const failure = async () => {
      for (;;) await runCommand(save, asking, () => ({ id: randomBytes(15_000).toString('hex') }));
    };
    await expect(failure()).rejects.toMatchObject({ code: 'storage_full' });
    // The outcome of the last one may have found no room.
    const log = vi.mocked(console.error);
    for (const [text] of log.mock.calls) expect(text).toContain('of test.save');
    log.mockClear();
    const { id } = await runCommand(clean, asking, () => ({}));
    expect(existsSync(reserveFile())).toBe(false);
    expect(await lastEvent(id)).toMatchObject({ type: 'end', status: 'succeeded' });
    const [entry] = await db.auditEntry.findMany({ orderBy: { seq: 'desc' }, take: 1 });
    expect(entry).toMatchObject({ command: 'test.clean', outcome: 'done', target: `made id=${id}` });
    rmSync(ballast);
    await lookAtDataDisk();
    expect(existsSync(reserveFile())).toBe(true);
  },
  30_000,
);
