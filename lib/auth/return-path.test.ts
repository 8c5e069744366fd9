import { expect, test } from 'vitest';
import { returnPath } from './return-path';

test.each(['/', '/projects', '/builds/01?tab=log&x=1', '/images/a%20b'])('%s is gone back to', (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  '/ a',
  '/\tevil',
  '/\n/evil.example',
  'javascript:alert(1)',
  '/login?from=/login',
  '/setup',
  '/api/stream',
  '/_next/x',
  '/x/../login',
])('%j leads to the overview', (path) => {
  expect(returnPath(path)).toBe('/');
});
