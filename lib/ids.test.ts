import { expect, expectTypeOf, test } from 'vitest';
import { newId, type OperationId, type ProjectId } from './ids';

test('ids of different kinds are different types, and a plain string is any of them', () => {
  expectTypeOf<string>().toExtend<ProjectId>();
  expectTypeOf<OperationId>().toExtend<string>();
  expectTypeOf<OperationId>().not.toExtend<ProjectId>();
});

test('ids sort by the time of their creation', () => {
  const times = [1, 31, 32, 1_700_000_000_000, 1_700_000_000_001];
  const ids = times.map((time) => newId(time));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids.map((id) => id.length))).toEqual(new Set([16]));
});
