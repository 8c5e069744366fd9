import { describe, expect, test } from 'vitest';
import type { OperationEvent } from '@/lib/events/events';
import { statusOf } from '@/lib/events/state';
import { BuildTracker } from './events';
import { lineMatcher } from '@/lib/dockerfiles/lines';
import { logOf, readFixture, readRecords, stateOf } from '@/lib/engine/testing/recorded';
import { decodeTrace, type Trace, type Vertex } from './trace';

const tracesOf = (name: string): Trace[] =>
  readRecords(name)
    .filter((record) => record.id === 'moby.buildkit.trace')
    .map((record) => decodeTrace(record.aux as string));

function follow(name: string, dockerfile = '') {
  const tracker = new BuildTracker(lineMatcher(dockerfile));
  const events: OperationEvent[] = [];
  for (const trace of tracesOf(name)) events.push(...tracker.apply(trace));
  events.push(...tracker.end());
  return { tracker, events, state: stateOf(events) };
}

const dockerfileOf = (name: string) => readFixture(name).toString('utf8');

describe('a recorded build of 20.10', () => {
  const { state, events, tracker } = follow(
    'buildkit-20.10.jsonl',
    dockerfileOf('buildkit-20.10.dockerfile'),
  );

  test('shows its steps in the order of the Dockerfile, with kind and line', () => {
    expect(state.steps.map(({ name, kind, line }) => [name.split(' && ')[0], kind, line])).toEqual([
      ['[internal] load build definition from Dockerfile', 'internal', undefined],
      ['[internal] load .dockerignore', 'internal', undefined],
      ['[internal] load metadata for docker.io/library/base:1', 'internal', undefined],
      ['[internal] load build context', 'transfer', undefined],
      ['[tools 1/2] FROM docker.io/library/base:1', 'base', 2],
      ['[tools 2/2] RUN echo "built ünïcode";     echo trouble >&2', 'run', 4],
      ['[stage-1 2/5] COPY a.txt /srv/', 'copy', 9],
      ['[stage-1 3/5] COPY --from=tools /bin/busybox /tool', 'copy', 10],
      ['[stage-1 4/5] WORKDIR /srv', 'config', 11],
      ['[stage-1 5/5] RUN cat a.txt', 'run', 13],
      ['exporting to image', 'export', undefined],
    ]);
  });

  test('ends with every step done and none failed', () => {
    expect(state.steps.map((step) => statusOf(step, true))).not.toContain('failed');
    expect(state.steps.every((step) => step.completed !== undefined)).toBe(true);
    expect(tracker.failed()).toBeNull();
    expect(tracker.running()).toEqual([]);
  });

  test('keeps the output to the byte, also what is not UTF-8', () => {
    const run = state.steps.find((step) => step.name.includes('RUN cat'))!;
    expect(logOf(events, run.id)).toMatch(/^content [\d.]+\uFFFD\uFFFD not utf-8\nno line end$/);
    const raw = events.flatMap((event) => (event.type === 'log' && event.raw ? [event.raw] : []));
    expect(
      Buffer.concat(raw.map((text) => Buffer.from(text, 'base64'))).includes(Buffer.from([0xff, 0xfe])),
    ).toBe(true);
  });

  test('emits changes only', () => {
    const steps = events.filter((event) => event.type === 'step');
    expect(steps.every((event) => Object.keys(event).length > 2)).toBe(true);
    const texts = events.filter((event) => event.type === 'progress').map((event) => JSON.stringify(event));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('a second reading of the same records gives nothing new but the logs', () => {
    const again = tracesOf('buildkit-20.10.jsonl').map((trace) => ({ ...trace, logs: [] }));
    const last = [...tracker.apply(again.at(-1)!)];
    expect(last).toEqual([]);
  });
});

test('a recorded failure says which step, its line and its exit code', () => {
  const { state, tracker } = follow(
    'buildkit-20.10-failed.jsonl',
    dockerfileOf('buildkit-20.10-failed.dockerfile'),
  );
  expect(tracker.failed()).toMatchObject({ name: '[2/2] RUN echo before; exit 3', line: 2 });
  const failed = state.steps.find((step) => step.error)!;
  expect(failed).toMatchObject({ name: '[2/2] RUN echo before; exit 3', line: 2, kind: 'run' });
  expect(failed.error).toBe('Exited with code 3.');
});

// Recorded decoded, and encoded again: the last step comes first in it.
test('a recorded build of 28 comes in the order of the Dockerfile as well', () => {
  const { state } = follow('buildkit-28-stages.jsonl');
  const names = state.steps.map((step) => step.name);
  const before = (first: string, second: string) =>
    expect(names.findIndex((name) => name.startsWith(first))).toBeLessThan(
      names.findIndex((name) => name.startsWith(second)),
    );
  before('[base 1/2]', '[base 2/2]');
  before('[base 2/2]', '[left 1/2]');
  before('[left 1/2]', '[left 2/2]');
  before('[left 2/2]', '[stage-3 1/3]');
  before('[right 1/1]', '[stage-3 2/3]');
  before('[stage-3 2/3]', '[stage-3 3/3]');
  before('[stage-3 3/3]', 'exporting to image');
});

const vertex = (over: Partial<Vertex>): Vertex => ({
  digest: 'd',
  inputs: [],
  name: '[1/2] RUN a',
  cached: false,
  started: null,
  completed: null,
  error: null,
  ...over,
});
const trace = (over: Partial<Trace>): Trace => ({
  vertexes: [],
  statuses: [],
  logs: [],
  warnings: [],
  ...over,
});

test('a step that starts again after its cache look-up is running again', () => {
  const tracker = new BuildTracker();
  const events = [
    ...tracker.apply(trace({ vertexes: [vertex({ started: 1, completed: 2 })] })),
    ...tracker.apply(trace({ vertexes: [vertex({ started: 3 })] })),
  ];
  expect(events.at(-1)).toEqual({ type: 'step', step: 'd', started: 3, completed: null });
  expect(tracker.running()).toEqual(['[1/2] RUN a']);
  expect(statusOf(stateOf(events).steps[0]!, false)).toBe('running');
});

test('a step that was stopped by the failure of another is cancelled, not failed', () => {
  const tracker = new BuildTracker();
  const events = [
    ...tracker.apply(
      trace({
        vertexes: [
          vertex({
            digest: 'a',
            started: 1,
            completed: 5,
            error: 'process "/bin/sh -c x": context canceled: context canceled',
          }),
          vertex({
            digest: 'b',
            started: 1,
            completed: 4,
            error: 'executor failed running [x]: exit code: 127',
          }),
        ],
      }),
    ),
  ];
  const [stopped, failed] = stateOf(events).steps;
  expect(statusOf(stopped!, true)).toBe('cancelled');
  expect(statusOf(failed!, true)).toBe('failed');
  expect(failed!.error).toBe('Exited with code 127: command not found.');
  expect(tracker.failed()?.digest).toBe('b');
});

test('progress has bytes, a pull per layer, and a context only what went over', () => {
  const tracker = new BuildTracker();
  const status = { vertex: 'd', name: '', started: true, completed: false };
  const id = `sha256:${'a'.repeat(64)}`;
  const events = [
    ...tracker.apply(
      trace({
        statuses: [
          { ...status, id, current: 10, total: 100 },
          { ...status, id, current: 10, total: 100 },
          { ...status, id: 'transferring context:', current: 7, total: 0 },
          { ...status, id: 'exporting layers', current: 0, total: 0, completed: true },
        ],
      }),
    ),
  ];
  expect(events).toEqual([
    {
      type: 'progress',
      step: 'd',
      id,
      label: 'aaaaaaaaaaaa',
      state: 'active',
      current: 10,
      total: 100,
      unit: 'bytes',
    },
    {
      type: 'progress',
      step: 'd',
      id: 'transferring context:',
      label: 'transferring context',
      state: 'active',
      current: 7,
      unit: 'bytes',
    },
    { type: 'progress', step: 'd', id: 'exporting layers', label: 'exporting layers', state: 'done' },
  ]);
});

test("the engine's mark for left out output is a flag on the event", () => {
  const tracker = new BuildTracker();
  const text = '\n[output clipped, log limit 200KiB/s reached]\n';
  const log = { vertex: 'd', stream: 'stdout' as const, at: 5, bytes: Buffer.from(text) };
  expect([...tracker.apply(trace({ logs: [log] }))]).toEqual([
    { type: 'log', step: 'd', stream: 'stdout', at: 5, text, clipped: true },
  ]);
});

test('stdout and stderr are decoded apart, so that a character cut in one survives the other', () => {
  const tracker = new BuildTracker();
  const [first, second] = [Buffer.from('€').subarray(0, 1), Buffer.from('€').subarray(1)];
  const log = (stream: 'stdout' | 'stderr', bytes: Buffer) => ({ vertex: 'd', stream, at: null, bytes });
  const events = [
    ...tracker.apply(
      trace({ logs: [log('stdout', first), log('stderr', Buffer.from('x')), log('stdout', second)] }),
    ),
  ];
  expect(logOf(events, 'd', 'stdout')).toBe('€');
  expect(logOf(events, 'd', 'stderr')).toBe('x');
  expect(events.some((event) => event.type === 'log' && event.raw)).toBe(false);
});

test('a lint warning has its rule, file and line, and comes once', () => {
  const tracker = new BuildTracker();
  const warning = {
    vertex: 'd',
    short: "StageNameCasing: Stage name 'B' should be lowercase (line 3)",
    detail: 'Why',
    url: 'https://docs.docker.com/go/dockerfile/rule/stage-name-casing/',
    file: 'Dockerfile',
    line: 3,
    endLine: 3,
  };
  expect([...tracker.apply(trace({ warnings: [warning, warning] }))]).toEqual([
    {
      type: 'warning',
      step: 'd',
      code: 'StageNameCasing',
      short: "Stage name 'B' should be lowercase",
      detail: 'Why',
      url: warning.url,
      file: 'Dockerfile',
      line: 3,
      endLine: 3,
    },
  ]);
});

test('a record that is no trace is an unreadable answer', () => {
  expect(() => decodeTrace('////')).toThrow('The engine sent an unreadable response.');
});

describe('a recorded build of 28', () => {
  const { state, tracker } = follow('buildkit-28.jsonl', dockerfileOf('build-28.dockerfile'));

  test('gives the last step first, and is shown in the order of the Dockerfile', () => {
    const lines = state.steps.flatMap((step) => step.line ?? []);
    expect(lines).toEqual([2, 4, 9, 10, 11, 13]);
    expect(tracker.failed()).toBeNull();
  });

  test('has the warnings of the linter, at their lines', () => {
    expect(state.warnings).toMatchObject([{ code: 'MaintainerDeprecated', file: 'Dockerfile', line: 8 }]);
  });
});

test('a cached step keeps its mark when its layers are fetched later', () => {
  const vertex: Vertex = {
    digest: 'sha256:a',
    inputs: [],
    name: '[2/2] RUN make',
    cached: true,
    started: 1,
    completed: 2,
    error: null,
  };
  const tracker = new BuildTracker();
  const trace = (told: Vertex): Trace => ({ vertexes: [told], statuses: [], logs: [], warnings: [] });
  const events = [
    ...tracker.apply(trace(vertex)),
    ...tracker.apply(trace({ ...vertex, cached: false, started: 3, completed: null })),
    ...tracker.apply(trace({ ...vertex, cached: false, started: 3, completed: 4 })),
  ];
  expect(stateOf(events).steps).toMatchObject([{ cached: true, completed: 4 }]);
});
