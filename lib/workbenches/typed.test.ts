import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { journalDirectory } from '@/lib/db/files';
import { useTestDatabase } from '@/lib/db/test-database';
import { newViewer } from './live';
import { openTyped, removeTyped } from './typed';

await useTestDatabase();

/** Numbers by page, as the next process reads them. */
function read(id: string) {
  const typed = openTyped(id);
  typed.close();
  return Object.fromEntries(
    [...typed.viewers].map(([page, { userId, number }]) => [page, { userId, number }]),
  );
}

test('the next process knows which messages were typed, until the shell ends', () => {
  const typed = openTyped('bench');
  expect(typed.viewers.size).toBe(0);
  typed.note(
    new Map([
      ['watcher', newViewer('eve')],
      ['page', newViewer('ada', 1000)],
      ['other', newViewer('bob', 1)],
    ]),
  );
  typed.note(new Map([['page', newViewer('ada', 1001)]]));
  typed.close();
  typed.note(new Map([['page', newViewer('ada', 1002)]]));
  expect(read('bench')).toEqual({ page: { userId: 'ada', number: 1001 } });
  removeTyped('bench');
  expect(read('bench')).toEqual({});
});

test('a damaged file does not keep a terminal from opening', () => {
  writeFileSync(path.join(journalDirectory(), 'torn.typed'), '{"page":');
  const warn = vi.fn();
  console.warn = warn;
  expect(read('torn')).toEqual({});
  expect(warn.mock.calls).toEqual([[expect.stringContaining('cannot be noted')]]);
});
