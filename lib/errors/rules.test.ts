import { expect, test } from 'vitest';
import { type ErrorRule, matchRule } from './rules';

const rules: ErrorRule[] = [
  {
    pattern: /name "([^"]+)" is taken(?: by (\w+))?/i,
    code: 'conflict',
    message: '{host} has a $1 already$2.',
    hint: 'Choose another name than $1.',
    field: 'name',
    reason: { kind: 'timeout' },
  },
  { pattern: /name/, code: 'not_found', message: 'Braces {of} nobody stay.' },
];

test('the first matching rule gives the error, with values of the text and the caller', () => {
  expect(matchRule(rules, 'The Name "web" is taken', { values: { host: 'h' } })).toMatchObject({
    code: 'conflict',
    message: 'h has a web already.',
    hint: 'Choose another name than web.',
    fields: { name: 'h has a web already.' },
    reason: { kind: 'timeout' },
    cause: { message: 'The Name "web" is taken' },
  });
});

test('inserted text is not expanded again', () => {
  const error = matchRule(rules, 'name "{host}$1" is taken', { values: { host: '$1' } });
  expect(error?.message).toBe('$1 has a {host}$1 already.');
});

test('a rule without hint, field and reason gives none, and a value that nobody gives stays', () => {
  const cause = new Error('own');
  const error = matchRule(rules, 'a name', { cause });
  expect(error).toMatchObject({ code: 'not_found', message: 'Braces {of} nobody stay.', cause });
  expect([error?.hint, error?.fields, error?.reason]).toEqual([undefined, undefined, undefined]);
});

test('a text without a matching rule gives null', () => expect(matchRule(rules, 'else')).toBeNull());
