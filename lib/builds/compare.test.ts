import { expect, test } from 'vitest';
import { emptyState, type OperationState, type StepState } from '@/lib/events/state';
import { buildOptions } from '@/lib/projects/options/schema';
import { align } from './align';
import { compareBases, compareOptions, compareSteps } from './compare';
import type { BuildDetails } from './schema';

const rows = (before: string, after: string) =>
  align(
    before.split(''),
    after.split(''),
    (letter) => letter,
    (one, other) => one.toLowerCase() === other.toLowerCase(),
  ).map((pair) => `${pair.before ?? '.'}${pair.after ?? '.'}`);

test('what is the same stands in one row, what is alike between too, the rest alone and in order', () => {
  expect(rows('abc', 'abc')).toEqual(['aa', 'bb', 'cc']);
  expect(rows('abc', 'aBc')).toEqual(['aa', 'bB', 'cc']);
  expect(rows('abc', 'axc')).toEqual(['aa', 'b.', '.x', 'cc']);
  expect(rows('abc', 'axBc')).toEqual(['aa', '.x', 'bB', 'cc']);
  expect(rows('', 'ab')).toEqual(['.a', '.b']);
  expect(rows('ab', '')).toEqual(['a.', 'b.']);
});

const build = (options: object, more: Partial<BuildDetails> = {}) =>
  ({
    options: buildOptions.parse(options),
    push: false,
    builder: 'buildkit',
    engine: null,
    bases: [],
    ...more,
  }) as BuildDetails;

test('of the options only those that differ are told, of lists only what differs in them', () => {
  const before = build({
    buildArgs: [
      { name: 'A', value: '1' },
      { name: 'B', value: '1' },
    ],
    tags: ['a:1'],
  });
  const after = build({
    buildArgs: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    tags: ['a:1'],
    noCache: true,
  });
  expect(compareOptions(before, before)).toEqual([]);
  expect(compareOptions(before, after)).toEqual([
    { name: 'Build arguments', before: ['B=1'], after: ['B=2'] },
    { name: 'Cache', before: [], after: ['not used'] },
  ]);
});

test('bases of either build are told, also where a digest is not known', () => {
  const before = build(
    {},
    {
      bases: [
        { reference: 'a', digest: '1', id: null },
        { reference: 'b', digest: null, id: null },
      ],
    },
  );
  const after = build(
    {},
    {
      bases: [
        { reference: 'a', digest: '2', id: null },
        { reference: 'c', digest: '3', id: null },
      ],
    },
  );
  expect(compareBases(before, after)).toEqual([
    { reference: 'a', before: '1', after: '2' },
    { reference: 'b', before: null },
    { reference: 'c', after: '3' },
  ]);
});

const step = (name: string, time: number | null, cached = false): StepState => ({
  id: name,
  name,
  kind: 'run',
  inputs: [],
  started: time === null ? undefined : 100,
  completed: time === null ? undefined : 100 + time,
  cached,
  progress: [],
  lines: 0,
  openLines: [],
  clipped: false,
});

const stateOf = (...steps: StepState[]): OperationState => ({
  ...emptyState,
  steps,
  end: { status: 'succeeded' },
});

test('steps stand side by side whatever their numbers; a changed one beside what it was', () => {
  const before = stateOf(
    step('[1/3] FROM a@sha256:' + 'a'.repeat(64), 1),
    step('[2/3] RUN one', 2),
    step('[3/3] RUN two', 3),
  );
  const after = stateOf(
    step('[1/4] FROM a@sha256:' + 'b'.repeat(64), 1),
    step('[2/4] COPY x /x', 9),
    step('[3/4] RUN one', 0, true),
    step('[4/4] RUN three', null),
  );
  const shown = compareSteps(before, after).map((pair) => [
    pair.before?.step.name.slice(0, 14) ?? null,
    pair.after?.step.name.slice(0, 15) ?? null,
    pair.after?.status ?? null,
    pair.after?.time ?? null,
  ]);
  expect(shown).toEqual([
    ['[1/3] FROM a@s', '[1/4] FROM a@sh', 'done', 1],
    [null, '[2/4] COPY x /x', 'done', 9],
    ['[2/3] RUN one', '[3/4] RUN one', 'cached', 0],
    ['[3/3] RUN two', '[4/4] RUN three', 'cancelled', null],
  ]);
});
