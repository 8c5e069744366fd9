import { cpSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { databaseFile, journalDirectory } from '@/lib/db/files';
import { lockInChild } from '@/lib/db/lock-in-child';
import { makeTestDirectory, useTestDatabase } from '@/lib/db/test-database';
import { defaultEngine } from '@/lib/engine/engines';
import type { StoredEvent } from '@/lib/events/events';
import { emptyState } from '@/lib/events/state';
import { forget } from '@/lib/remember';
import { defineOperation } from './define';
import { follow } from './follow';
import { openJournal, readJournal } from './journal';
import { openRecorder } from './recorder';
import { recoverOperations } from './recover';
import { operationHref } from './schema';
import { claimOperation, createOperation } from './store';

const { db, directory } = await useTestDatabase();

defineOperation({
  kind: 'test-terminal',
  read: 'operation:read',
  lane: 'workbench',
  input: z.object({}),
  result: z.unknown(),
  href: operationHref,
  run: () => Promise.resolve(null),
});

async function newOperation() {
  const engine = defaultEngine();
  const id = await createOperation({ engine, kind: 'test-terminal', title: 'x', input: {}, user: null });
  await claimOperation(id, 'another process');
  return id;
}

const output = (text: string, from = 0) =>
  ({ type: 'output', data: Buffer.from(text).toString('base64'), from, at: 1 }) as const;

/** The first `count` events, as a follower is told them. */
async function told(id: string, count: number) {
  const events: StoredEvent[] = [];
  const stop = new AbortController();
  for await (const batch of follow(id, 0, stop.signal)) {
    events.push(...batch);
    if (events.length >= count) break;
  }
  return events;
}

test('a line that a killed process had not finished is left out', () => {
  const journal = openJournal('half');
  journal.append([{ ...output('a'), seq: 3 }]);
  journal.append([{ ...output('b'), seq: 4 }]);
  const file = path.join(journalDirectory(), 'half.events');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -5));
  expect(readJournal('half', 2).map(({ seq }) => seq)).toEqual([3]);
  expect(readJournal('half', 3)).toEqual([]);
  journal.remove();
});

test('where the journal cannot be written, followers are told what is stored', async () => {
  const id = await newOperation();
  const obstacle = path.join(journalDirectory(), `${id}.events`);
  mkdirSync(obstacle);
  const warn = vi.fn();
  console.warn = warn;
  const recorder = openRecorder(id, emptyState);
  const events = told(id, 1);
  await recorder.emit(output('stored'));
  expect(await events).toMatchObject([{ seq: 1, type: 'output' }]);
  await recorder.end({ status: 'succeeded', result: null, errorCode: null, errorMessage: null });
  expect(warn.mock.calls).toEqual([[expect.stringContaining('cannot be written')]]);
  rmdirSync(obstacle);
});

test('what a follower of a terminal was told is in the history after a kill, also if nothing could be stored', async () => {
  const id = await newOperation();
  const recorder = openRecorder(id, emptyState);
  await recorder.emit(output('stored '));
  await expect.poll(() => db.eventChunk.count({ where: { operationId: id } })).toBe(1);
  const { released } = await lockInChild(databaseFile(), 1500);
  await recorder.emit(output('shown ', 7));
  await recorder.emit(output('and lost', 13));
  const seen = await told(id, 3);
  expect(seen.map(({ seq }) => seq)).toEqual([1, 2, 3]);

  // What a kill would leave now: the process has the rest in its memory only.
  const left = makeTestDirectory();
  cpSync(directory, left, { recursive: true });
  await released;
  await recorder.end({ status: 'succeeded', result: null, errorCode: null, errorMessage: null });
  expect(existsSync(path.join(journalDirectory(), `${id}.events`))).toBe(false);

  process.env.LAYERWRIGHT_DATA = left;
  forget('env');
  forget('db');
  expect(await recoverOperations()).toBe(1);
  expect(await told(id, 4)).toEqual([
    ...seen,
    expect.objectContaining({ seq: 4, type: 'end', status: 'interrupted' }),
  ]);
  expect(existsSync(path.join(left, 'journal', `${id}.events`))).toBe(false);
});
