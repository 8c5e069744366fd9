import { expect, test } from 'vitest';
import { forget } from '@/lib/remember';
import { countAttempt } from './rate-limit';

test('signing in to an own account does not reset guesses for others', () => {
  forget('sign-in-limits');
  let refused = 0;
  for (let i = 0; i < 40; i++) {
    try {
      countAttempt(`sign-in victim${i}`, '192.0.2.1');
      countAttempt('sign-in own', '192.0.2.1')();
    } catch {
      refused++;
    }
  }
  expect(refused).toBeGreaterThanOrEqual(19);
});
