import { expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { noteRecovery, reachTerminal } from './reach';

await useTestDatabase();

test('while the terminals of the last process are not connected yet, none is taken for closed', async () => {
  let finish = () => {};
  noteRecovery(new Promise((resolve) => (finish = resolve)));
  expect(await reachTerminal('unknown')).toBe('later');
  finish();
  expect(await reachTerminal('unknown')).toBeNull();
});

test('a recovery that failed is over, too', async () => {
  const failed = Promise.reject(new Error('no'));
  failed.catch(() => {});
  noteRecovery(failed);
  expect(await reachTerminal('unknown')).toBeNull();
});
