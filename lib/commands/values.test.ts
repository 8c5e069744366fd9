import { expect, test } from 'vitest';
import { hiddenValue, readableAssignments, readableValues } from './values';

const pairs = [
  { name: 'TOKEN', value: 's3cret' },
  { name: 'EMPTY', value: '' },
  { name: 'UNSET', value: null },
];
const assignments = ['TOKEN=s3=cret\nsecond line', 'EMPTY=', 'UNSET'];

test.each(['builder', 'admin'] as const)('a %s reads values', (role) => {
  expect(readableValues({ role }, pairs)).toEqual(pairs);
  expect(readableAssignments({ role }, assignments)).toEqual(assignments);
});

test.each([{ role: 'viewer' as const }, null])('%o reads names, and which of them have a value', (user) => {
  expect(readableValues(user, pairs).map(({ value }) => value)).toEqual([hiddenValue, '', null]);
  expect(readableAssignments(user, assignments)).toEqual([`TOKEN=${hiddenValue}`, 'EMPTY=', 'UNSET']);
});
