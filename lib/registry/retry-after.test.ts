import { expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after';

it('reads Retry-After as seconds and as a date', () => {
  const now = Date.UTC(2026, 10, 23, 12, 0, 0);
  expect(parseRetryAfter('7')).toBe(7);
  expect(parseRetryAfter('86400')).toBe(86_400);
  expect(parseRetryAfter('Mon, 23 Nov 2026 12:00:09 GMT', now)).toBe(9);
  expect(parseRetryAfter('Mon, 23 Nov 2020 12:00:09 GMT', now)).toBe(0);
  for (const header of [undefined, '', 'soon', '-5', '9'.repeat(30)])
    expect(parseRetryAfter(header, now)).toBeNull();
});
