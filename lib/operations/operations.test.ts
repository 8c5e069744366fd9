import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import { useTestDatabase } from '@/lib/db/test-database';
import type { StoredEvent } from '@/lib/events/events';
import { emptyState, reduce } from '@/lib/events/state';
import { forget } from '@/lib/remember';
import { cancelOperation } from './cancel';
import { loadState } from './load-state';
import { follow } from './follow';
import { z } from 'zod';
import { defineOperation } from './define';
import type { OperationContext } from './kinds';
import { readLines, readRaw, searchLines } from './log';
import { openRecorder } from './recorder';
import { recoverOperations } from './recover';
import { lookForWork, setLimit, stopRunner } from './runner';
import { operationHref } from './schema';
import { claimOperation, createOperation, getOperation, listOperations } from './store';

const { db } = await useTestDatabase();
const user = { id: 'u1', name: 'Ada' };

let work: (context: OperationContext) => Promise<unknown>;

const testOperation = defineOperation({
  kind: 'test',
  read: 'operation:read',
  lane: 'build',
  input: z.object({ n: z.number() }),
  result: z.unknown(),
  href: (id) => `/tests/${id}`,
  run: (context) => work(context),
});

const begin = (title = 'A build', engine = defaultEngine()) =>
  testOperation.start({ engine, title, input: { n: 1 }, user });
const never = new AbortController().signal;

async function all(id: string, after = 0, signal = never) {
  const events: StoredEvent[] = [];
  for await (const batch of follow(id, after, signal)) events.push(...batch);
  return events;
}

async function ended(id: string) {
  await all(id);
  return getOperation(id);
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as AppError));
  });

beforeAll(() => {
  setLimit('build', 2);
});

afterEach(async () => {
  await stopRunner();
  forget('runner');
  setLimit('build', 2);
});

test('an operation runs, its result is stored, and its last event comes after the row says the same', async () => {
  work = async ({ emit, input }) => {
    await emit({ type: 'step', step: 'a', name: 'Step a', started: 1 });
    await emit({ type: 'log', step: 'a', stream: 'stdout', text: 'hello\n' });
    return { got: input };
  };
  const id = await begin();
  const events: StoredEvent[] = [];
  for await (const batch of follow(id, 0, never)) {
    events.push(...batch);
    if (batch.at(-1)!.type === 'end') expect((await getOperation(id)).status).toBe('succeeded');
  }
  expect(events.map((event) => [event.seq, event.type])).toEqual([
    [1, 'step'],
    [2, 'log'],
    [3, 'end'],
  ]);
  expect(await testOperation.find(id)).toMatchObject({
    operation: { href: `/tests/${id}` },
    input: { n: 1 },
    result: { got: { n: 1 } },
  });
});

test('a late joiner, a second viewer and one who resumes see the same events, each once and in order', async () => {
  work = async ({ emit }) => {
    for (let n = 0; n < 5000; n++) {
      await emit({ type: 'log', step: `s${n % 7}`, stream: 'stdout', text: `line ${n}\n` });
      if (n % 100 === 0) await sleep(1);
    }
  };
  const id = await begin();
  const first = all(id);
  await sleep(30);
  const second = all(id);
  const resumed: StoredEvent[] = [];
  const leave = new AbortController();
  for await (const batch of follow(id, 0, leave.signal)) {
    resumed.push(...batch);
    if (resumed.length > 1000) break;
  }
  resumed.push(...(await all(id, resumed.at(-1)!.seq)));
  const whole = await first;
  expect(whole.map((event) => event.seq)).toEqual(whole.map((_event, index) => index + 1));
  expect(await second).toEqual(whole);
  expect(resumed).toEqual(whole);
  expect(await all(id)).toEqual(whole);
  const state = reduce(emptyState, whole);
  expect(state.steps.reduce((sum, step) => sum + step.lines, 0)).toBe(5000);
  expect(await loadState(id)).toEqual(state);
});

test('a slow reader neither holds up the work nor misses anything', async () => {
  work = async ({ emit }) => {
    for (let n = 0; n < 20_000; n++)
      await emit({ type: 'log', step: `s${n % 2}`, stream: 'stdout', text: `${n}\n` });
  };
  const id = await begin();
  const texts: string[] = [];
  let status = '';
  for await (const batch of follow(id, 0, never)) {
    if (!status) {
      status = (await ended(id)).status; // the reader sits still until the work has ended
    }
    for (const event of batch) if (event.type === 'log') texts.push(event.text);
  }
  expect(status).toBe('succeeded');
  expect(texts.join('').split('\n').length).toBe(20_001);
});

test('500 readers, 100 of them late and all of them cut off now and then, are told exactly the same', async () => {
  let more = () => {};
  const half = new Promise<void>((resolve) => (more = resolve));
  work = async ({ emit }) => {
    for (let n = 0; n < 300; n++) {
      await emit({ type: 'log', step: 'a', stream: 'stdout', text: `line ${n}\n` });
      if (n === 150) await half;
      if (n % 30 === 0) await sleep(5);
    }
  };
  const id = await begin();

  /** Comes again after so many batches, as after a lost connection, and goes on where it was. */
  async function read(batchesUntilCut: number): Promise<string> {
    const events: StoredEvent[] = [];
    while (events.at(-1)?.type !== 'end') {
      let batches = 0;
      const { signal } = new AbortController();
      for await (const batch of follow(id, events.at(-1)?.seq ?? 0, signal)) {
        events.push(...batch);
        if (++batches === batchesUntilCut) break;
      }
    }
    return JSON.stringify(events);
  }

  const early = Array.from({ length: 400 }, (_, index) => read(1 + (index % 7)));
  await sleep(50);
  const late = Array.from({ length: 100 }, (_, index) => read(1 + (index % 7)));
  more();
  const told = await Promise.all([...early, ...late]);
  const whole = JSON.stringify(await all(id));
  expect(told.filter((one) => one !== whole)).toHaveLength(0);
}, 60_000);

test('what a dead server left running becomes interrupted, with every stored line kept', async () => {
  const id = await createOperation({
    engine: defaultEngine(),
    kind: 'test',
    title: 'Left behind',
    input: {},
    user,
  });
  expect(await claimOperation(id, 'a dead process')).toBe(true);
  const recorder = openRecorder(id, emptyState);
  await recorder.emit({ type: 'step', step: 'a', name: 'Step a', started: 1 });
  await recorder.emit({ type: 'log', step: 'a', stream: 'stdout', text: 'kept\n' });
  for await (const batch of follow(id, 0, never)) if (batch.some((event) => event.type === 'log')) break;
  forget('operation-channels');
  expect(await recoverOperations()).toBe(1);
  const operation = await getOperation(id);
  expect(operation.status).toBe('interrupted');
  expect(await readLines(id, 'a', 0, 10)).toEqual([{ stream: 'stdout', text: 'kept' }]);
  expect((await all(id)).at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
});

test('a queued operation is cancelled at once, and a running one when its work has stopped', async () => {
  let stopped = false;
  work = async ({ signal }) => {
    try {
      await untilAborted(signal);
    } finally {
      await sleep(20);
      stopped = true;
    }
  };
  setLimit('build', 1);
  const running = await begin();
  const queued = await begin();
  await sleep(20);
  expect((await getOperation(queued)).status).toBe('queued');
  expect(await cancelOperation(queued, 'Ada')).toBe('cancelled');
  expect((await getOperation(queued)).errorMessage).toBe('Cancelled by Ada. It had not started.');
  expect(await cancelOperation(running, 'Ada')).toBe('running');
  expect(await cancelOperation(running, 'Ada'), 'twice').toBe('running');
  expect((await ended(running)).status).toBe('cancelled');
  expect(stopped).toBe(true);
  expect(await cancelOperation(running, 'Ada')).toBe('cancelled');
});

test('no more than the limit run at once, in the order in which they were asked for', async () => {
  let now = 0;
  let most = 0;
  const order: string[] = [];
  work = async ({ id }) => {
    most = Math.max(most, ++now);
    order.push(id);
    await sleep(10);
    now -= 1;
  };
  const ids: string[] = [];
  for (let n = 0; n < 50; n++) {
    ids.push(await begin());
    await sleep(2); // ids sort by the millisecond
  }
  for (const id of ids) expect((await ended(id)).status).toBe('succeeded');
  expect(most).toBe(2);
  expect(order).toEqual(ids);
});

test('work that may not begin yet waits in its place, and the others of its lane pass it', async () => {
  let engineIsThere = false;
  const begun: string[] = [];
  const named = (kind: string, ready: () => Promise<boolean>) =>
    defineOperation({
      kind,
      read: 'operation:read',
      lane: 'build',
      input: z.string(),
      result: z.null(),
      href: operationHref,
      ready,
      run: async ({ input }) => (begun.push(input), null),
    });
  const patient = named('patient', async () => engineIsThere);
  const other = named('other', async () => true);
  const first = await patient.start({ engine: defaultEngine(), title: 'first', input: 'first', user });
  const second = await patient.start({ engine: defaultEngine(), title: 'second', input: 'second', user });
  await ended(await other.start({ engine: defaultEngine(), title: 'passes', input: 'passes', user }));
  expect(begun).toEqual(['passes']);
  expect((await getOperation(first)).status).toBe('queued');
  engineIsThere = true;
  lookForWork();
  await ended(first);
  await ended(second);
  expect(begun).toEqual(['passes', 'first', 'second']);
});

test('an error fails the operation with its words; work that ends without a result it should have is its own error', async () => {
  work = async ({ step }) =>
    step('Look', () =>
      Promise.reject(new AppError('engine_unreachable', 'The engine went away.', { hint: 'Start it.' })),
    );
  const id = await begin();
  expect(await ended(id)).toMatchObject({
    status: 'failed',
    errorCode: 'engine_unreachable',
    errorMessage: 'The engine went away. Start it.',
  });
  expect((await loadState(id)).steps[0]).toMatchObject({ name: 'Look', error: 'The engine went away.' });
});

test('lines are found by number and by text, across chunks and open lines', async () => {
  work = async ({ emit }) => {
    for (let n = 0; n < 30_000; n++) {
      await emit({ type: 'log', step: 'a', stream: 'stdout', text: `row ${n} ` });
      await emit({
        type: 'log',
        step: 'a',
        stream: 'stdout',
        text: `${'x'.repeat(40)}${n % 5000 === 0 ? ' Needle' : ''}\n`,
      });
    }
    await emit({ type: 'log', step: 'a', stream: 'stderr', text: 'needle, and no line end' });
  };
  const id = await begin();
  await ended(id);
  expect((await db.eventChunk.findMany({ where: { operationId: id } })).length).toBeGreaterThan(10);
  expect((await readLines(id, 'a', 12_344, 12_346)).map((line) => line.text)).toEqual([
    `row 12344 ${'x'.repeat(40)}`,
    `row 12345 ${'x'.repeat(40)}`,
  ]);
  expect(await readLines(id, 'a', 29_999, 30_010)).toEqual([
    { stream: 'stdout', text: `row 29999 ${'x'.repeat(40)}` },
    { stream: 'stderr', text: 'needle, and no line end' },
  ]);
  expect(await searchLines(id, 'a', 'NEEDLE', never)).toEqual({
    lines: [0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000],
    total: 7,
  });
  expect((await searchLines(id, 'a', `29999 x`, never)).lines).toEqual([29_999]);
  let bytes = 0;
  for await (const piece of readRaw(id, 'a')) bytes += piece.length;
  const rowLength = (n: number) => `row ${n} ${'x'.repeat(40)}\n`.length;
  const expected =
    Array.from({ length: 30_000 }, (_unused, n) => rowLength(n)).reduce((sum, n) => sum + n, 0) + 6 * 7 + 23;
  expect(bytes).toBe(expected);
});

test('a search sees the text and not the colours in it', async () => {
  work = async ({ emit }) => {
    await emit({
      type: 'log',
      step: 'a',
      stream: 'stdout',
      text: 'plain\n\u001b[31mre\u001b[1md ali\u001b[0mve\n',
    });
  };
  const id = await begin();
  await ended(id);
  expect((await searchLines(id, 'a', 'red alive', never)).lines).toEqual([1]);
  expect((await searchLines(id, 'a', '[31m', never)).total).toBe(0);
});

test('lists come newest first and go on from a cursor', async () => {
  const newest = await listOperations({ kinds: ['test'], limit: 3 });
  const older = await listOperations({ kinds: ['test'], limit: 3, before: newest.at(-1)!.id });
  expect(newest).toHaveLength(3);
  expect(older[0]!.id < newest[2]!.id).toBe(true);
});
