import { describe, expect, test } from 'vitest';
import type { OperationEvent } from '@/lib/events/events';
import { statusOf } from '@/lib/events/state';
import { ClassicTracker } from './events';
import { errorOf } from '@/lib/engine/wire/json-lines';
import { classicLineMatcher } from '@/lib/dockerfiles/lines';
import { logOf, readFixture, readRecords, stateOf } from '@/lib/engine/testing/recorded';

function follow(name: string, dockerfile: string) {
  const tracker = new ClassicTracker(classicLineMatcher(readFixture(dockerfile).toString('utf8')));
  const events: OperationEvent[] = [];
  for (const record of readRecords(name)) {
    const error = errorOf(record);
    events.push(...(error === null ? tracker.apply(record) : tracker.fail(error)));
  }
  events.push(...tracker.end());
  return { tracker, events, state: stateOf(events) };
}

describe('a recorded classic build', () => {
  const { state, events, tracker } = follow('classic-20.10.jsonl', 'classic-20.10.dockerfile');

  test('has one step per instruction, with its line', () => {
    expect(state.steps.map(({ name, kind, line }) => [name.split('  ')[0], kind, line])).toEqual([
      ['[1/12] ARG BASE=base:1', 'config', 1],
      ['[2/12] FROM ${BASE} AS tools', 'base', 2],
      ['[3/12] RUN echo "built ünïcode";', 'run', 4],
      ['[4/12] FROM base:1', 'base', 7],
      ['[5/12] MAINTAINER someone', 'config', 8],
      ['[6/12] COPY a.txt /srv/', 'copy', 9],
      ['[7/12] COPY --from=tools /bin/busybox /tool', 'copy', 10],
      ['[8/12] WORKDIR /srv', 'config', 11],
      ['[9/12] ENV NAME=value', 'config', 12],
      [expect.stringContaining('[10/12] RUN cat a.txt'), 'run', 13],
      ['[11/12] EXPOSE 80', 'config', 14],
      ['[12/12] CMD ["sh"]', 'config', 15],
    ]);
    expect(state.steps.every((step) => statusOf(step, true) === 'done')).toBe(true);
  });

  test('tells stderr by the colour that the engine gave it', () => {
    expect(logOf(events, 'step-3', 'stderr')).toBe('trouble\n');
    expect(logOf(events, 'step-3', 'stdout')).toBe('built ünïcode\n');
  });

  test('shows only what the commands wrote', () => {
    const written = events.filter((event) => event.type === 'log').map((event) => event.step);
    expect(new Set(written)).toEqual(new Set(['step-3', 'step-10']));
  });

  test('names the last image, and passes the warning on', () => {
    expect(tracker.imageId()).toBe('sha256:e6f24177cd307878209c429cc241f05ae96766e5120e043988e49889da3c337c');
    expect(state.warnings).toEqual([
      { step: 'step-12', short: 'One or more build-args [UNUSED] were not consumed' },
    ]);
  });
});

test('steps from the cache are marked', () => {
  const { state } = follow('classic-20.10-cached.jsonl', 'classic-20.10.dockerfile');
  expect(state.steps.slice(0, 6).map((step) => statusOf(step, true))).toEqual([
    'done',
    'done',
    'cached',
    'done',
    'cached',
    'done',
  ]);
});

test('a failure belongs to the step that was at work, and keeps empty lines of its output', () => {
  const { state, events, tracker } = follow('classic-20.10-failed.jsonl', 'classic-20.10-failed.dockerfile');
  expect(tracker.failed()).toMatchObject({ line: 2 });
  expect(state.steps[1]!.error).toBe('Exited with code 127: command not found.');
  expect(logOf(events, 'step-2', 'stdout')).toBe('before\n\n');
});

test('the way Podman says it is read too', () => {
  const tracker = new ClassicTracker(() => undefined);
  const id = 'a'.repeat(64);
  const records = [
    'STEP 1/2: FROM base:1\n',
    'STEP 2/2: RUN echo hi\n',
    '--> Using cache 0123456789abcdef\n',
    'COMMIT\n',
    '--> 0123456789ab\n',
    'Successfully tagged localhost/x:1\n',
    `${id}\n`,
  ];
  const events = records.flatMap((stream) => [...tracker.apply({ stream })]);
  expect(stateOf(events).steps.map((step) => [step.name, statusOf(step, true)])).toEqual([
    ['[1/2] FROM base:1', 'done'],
    ['[2/2] RUN echo hi', 'cached'],
  ]);
  expect(tracker.imageId()).toBe(id);
  expect(events.filter((event) => event.type === 'log')).toEqual([]);
});

test('an image of an earlier stage is no result', () => {
  const tracker = new ClassicTracker(() => undefined);
  for (const record of [
    { stream: 'Step 1/2 : FROM a' },
    { aux: { ID: 'sha256:1' } },
    { stream: 'Step 2/2 : FROM b' },
  ]) {
    expect([...tracker.apply(record)]).toBeDefined();
  }
  expect(tracker.imageId()).toBeNull();
});

test('a recorded classic build of 28 shows only what the commands wrote', () => {
  const { events, state, tracker } = follow('classic-28.jsonl', 'build-28.dockerfile');
  expect(logOf(events, 'step-3', 'stdout')).toBe('built ünïcode\n');
  expect(logOf(events, 'step-10')).toBe('content\uFFFD\uFFFD not utf-8\nno line end');
  expect(events.filter((event) => event.type === 'log')).toHaveLength(3);
  expect(state.steps.map((step) => step.line)).toEqual([1, 2, 4, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(tracker.imageId()).toMatch(/^sha256:/);
});
