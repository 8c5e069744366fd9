import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { storeWaitingOutcomes, waitingOutcomes } from '@/lib/audit/append';
import { useTestDatabase } from '@/lib/db/test-database';
import { AppError } from '@/lib/errors';
import { forget } from '@/lib/remember';
import type { Visitor } from './caller';
import { command, query } from './command';
import type { Role } from './roles';
import { runCommand } from './run-command';

const { db } = await useTestDatabase();
const caller = (role: Role | null): Visitor => ({
  user: role && { id: 'u1', name: 'ada', role, loginSessionId: 's1', provedAt: Date.now() },
  client: { address: '192.0.2.1', userAgent: 'test' },
  signal: new AbortController().signal,
  body: null,
});

const codeOf = (thrown: unknown) => (thrown as AppError).code;

let seen = 0;
/** The new entries, without their hashes. */
async function entries() {
  const rows = await db.auditEntry.findMany({ where: { seq: { gt: seen } }, orderBy: { seq: 'asc' } });
  seen = rows.at(-1)?.seq ?? seen;
  return rows.map(({ outcome, userName, command: name, target, errorCode, askedSeq, seq }) => [
    `${userName ?? 'nobody'} ${name} ${target}: ${[outcome, errorCode].filter(Boolean).join(' ')}`,
    ...(askedSeq === null ? [] : [seq - askedSeq]),
  ]);
}

const run = vi.fn<(input: { id: string; value: string }) => unknown>();
const definition = {
  name: 'thing.save',
  permission: 'project:edit',
  input: z.object({ id: z.string(), value: z.string().max(20) }),
  output: z.unknown(),
  run,
} as const;
const save = command(definition);
const input = { id: 'a', value: 'a secret' };

beforeEach(async () => {
  run.mockReset();
  forget('visitor-entries');
  await entries();
});

test('an entry is stored before a command runs, and its outcome after', async () => {
  run.mockImplementation(async () => {
    expect(await entries()).toEqual([['ada thing.save id=a: asked']]);
    return { id: 'made' };
  });
  await runCommand(save, caller('builder'), () => input);
  expect(await entries()).toEqual([['ada thing.save id=a made id=made: done', 1]]);
});

test('a failure has its code', async () => {
  run.mockRejectedValueOnce(new AppError('conflict')).mockRejectedValueOnce(new Error('a secret'));
  await expect(runCommand(save, caller('builder'), () => input)).rejects.toThrow();
  await expect(runCommand(save, caller('builder'), () => input)).rejects.toThrow();
  expect((await entries()).filter((entry) => entry.length > 1)).toEqual([
    ['ada thing.save id=a: failed conflict', 1],
    ['ada thing.save id=a: failed internal', 1],
  ]);
});

test('what is not run is one entry: denied, or with an input that is not valid', async () => {
  const demanding = command({ ...definition, also: () => ['host:use'] });
  await expect(runCommand(save, caller(null), () => input)).rejects.toThrow();
  await expect(runCommand(save, caller('viewer'), () => input)).rejects.toThrow();
  await expect(runCommand(demanding, caller('builder'), () => input)).rejects.toThrow();
  await expect(runCommand(save, caller('builder'), () => ({ id: 5 }))).rejects.toThrow();
  expect(await entries()).toEqual([
    ['nobody thing.save : denied unauthenticated'],
    ['ada thing.save : denied forbidden'],
    ['ada thing.save id=a: denied forbidden'],
    ['ada thing.save : failed invalid_input'],
  ]);
  expect(run).not.toHaveBeenCalled();
});

test('queries have no entries, and exempt commands only denied ones', async () => {
  await runCommand(query(definition), caller('builder'), () => input);
  await expect(runCommand(query(definition), caller('viewer'), () => input)).rejects.toThrow();
  const exempt = command({ ...definition, audit: { none: 'A test.' } });
  await runCommand(exempt, caller('builder'), () => input);
  expect(await entries()).toEqual([]);
  await expect(runCommand(exempt, caller('viewer'), () => input)).rejects.toThrow();
  expect(await entries()).toEqual([['ada thing.save : denied forbidden']]);
});

test('a command can say what it works on', async () => {
  const own = command({ ...definition, audit: async ({ id }) => `thing ${id}` });
  await runCommand(own, caller('builder'), () => input);
  expect((await entries()).at(-1)).toEqual(['ada thing.save thing a: done', 1]);
});

test('visitors cannot fill the disk with entries, and do not hinder each other', async () => {
  const open = command({ ...definition, permission: 'public', because: 'A test.' });
  const other = { ...caller(null), client: { address: '192.0.2.2', userAgent: 'test' } };
  const ask = (asked = open, who = caller(null)) => runCommand(asked, who, () => input).catch(codeOf);
  const codes = (count: number, asked = open) => Promise.all(Array.from({ length: count }, () => ask(asked)));

  // Done: these do not count.
  for (const count of [50, 50]) expect(new Set(await codes(count))).toEqual(new Set([undefined]));
  expect(await entries()).toHaveLength(200);
  expect(new Set(await codes(100, save as never))).toEqual(new Set(['unauthenticated']));
  expect(await entries()).toHaveLength(60);
  run.mockRejectedValue(new AppError('unauthenticated'));
  expect((await codes(100)).filter((code) => code === 'rate_limited')).toHaveLength(40);
  expect(await entries()).toHaveLength(120);
  run.mockReset();
  expect(await ask(open, other)).toBeUndefined();
});

const setFull = async (full: boolean) => {
  const [size] = await db.$queryRawUnsafe<[{ page_count: bigint }]>('PRAGMA page_count');
  await db.$queryRawUnsafe(`PRAGMA max_page_count = ${full ? size.page_count : 1_000_000}`);
};

test('on a full disk, nothing is run; the outcome of what has run is stored later', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const long = { ...input, id: 'x'.repeat(20_000) };
  run.mockImplementation(() => setFull(true));
  await runCommand(save, caller('builder'), () => long); // runs, and then the disk is full
  expect(error).toHaveBeenCalledOnce();
  error.mockClear();
  error.mockRestore();
  expect(await entries()).toHaveLength(1);

  run.mockReset();
  await expect(runCommand(save, caller('builder'), () => long)).rejects.toMatchObject({
    code: 'storage_full',
  });
  await expect(runCommand(save, caller('viewer'), () => long)).rejects.toMatchObject({
    code: 'storage_full',
  });
  expect(run).not.toHaveBeenCalled();
  expect(await entries()).toEqual([]);

  await setFull(false);
  await runCommand(save, caller('builder'), () => input);
  expect(await entries()).toEqual([
    [`ada thing.save id=${long.id}: done`, 1],
    ['ada thing.save id=a: asked'],
    ['ada thing.save id=a: done', 1],
  ]);
});

test('on a full disk, what only stops work is run, and its outcome stored later; what frees space needs its reserve', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const long = { ...input, id: 'y'.repeat(20_000) };
  await setFull(true);
  const freeing = command({ ...definition, onFullDisk: 'reserve' });
  await expect(runCommand(freeing, caller('builder'), () => long)).rejects.toMatchObject({
    code: 'storage_full',
  });
  expect(run).not.toHaveBeenCalled();
  const stopping = command({ ...definition, onFullDisk: 'run' });
  await runCommand(stopping, caller('builder'), () => long);
  expect(run).toHaveBeenCalledOnce();
  expect(error.mock.calls.flat().join(' ')).toMatch(/is run without an entry.*is stored later/);
  error.mockClear();
  error.mockRestore();
  expect(await entries()).toEqual([]);
  await expect(storeWaitingOutcomes()).rejects.toThrow();
  await setFull(false);
  expect(waitingOutcomes()).toBe(1);
  await storeWaitingOutcomes();
  expect(waitingOutcomes()).toBe(0);
  expect(await entries()).toEqual([[`ada thing.save id=${long.id}: done`]]);
});
