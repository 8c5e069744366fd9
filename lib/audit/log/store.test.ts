import { beforeAll, expect, test } from 'vitest';
import { appendAudit } from '@/lib/audit/append';
import { hashOf } from '@/lib/audit/hash';
import { useTestDatabase } from '@/lib/db/test-database';
import { type AuditFilter, auditFilter } from './schema';
import { exportLines, listEntries } from './store';

await useTestDatabase();

const day = (text: string) => Date.parse(`${text}T23:59:59.999Z`);
beforeAll(async () => {
  const base = { userId: 'u', userName: 'ada', address: '', permission: '', errorCode: null, askedSeq: null };
  const add = (entry: Partial<Parameters<typeof appendAudit>[0]>) =>
    appendAudit({ ...base, command: 'image.pull', target: '', outcome: 'asked', at: 0, ...entry });
  await add({ at: day('2026-01-01') });
  await add({ at: day('2026-01-01'), outcome: 'done', askedSeq: 1 });
  await add({ at: day('2026-01-02'), command: 'image.remove' }); // the server was killed
  await add({ at: day('2026-01-03'), userName: 'eve', outcome: 'denied', errorCode: 'forbidden' });
  await add({ at: day('2026-01-04'), userName: null, command: 'account.sign-in', target: 'user=eve' });
  await add({
    userName: null,
    command: 'account.sign-in',
    target: 'user=eve',
    outcome: 'denied',
    askedSeq: 5,
  });
});

const list = async (filter: object, limit = 50) => {
  const { entries, more } = await listEntries(auditFilter.parse(filter), limit);
  return [...entries.map(({ seq }) => seq), ...(more ? ['more'] : [])];
};

test.each<[object, unknown[]]>([
  [{}, [6, 4, 3, 2]],
  [{ user: '', command: '', outcome: '', from: '', to: '' }, [6, 4, 3, 2]],
  [{ user: 'Ada' }, [3, 2]],
  [{ user: 'eve' }, [6, 4]],
  [{ command: 'image.pull' }, [4, 2]],
  [{ outcome: 'denied' }, [6, 4]],
  [{ outcome: 'asked' }, [3]],
  [{ from: '2026-01-02' }, [4, 3]],
  [{ from: '2026-01-01', to: '2026-01-02' }, [3, 2]],
  [{ before: '4' }, [3, 2]],
])('%j lists the newest first, and of a command that has ended its outcome', async (filter, seqs) => {
  expect(await list(filter)).toEqual(seqs);
});

test('a page says whether there are more', async () => {
  expect(await list({}, 3)).toEqual([6, 4, 3, 'more']);
  expect(await list({ before: 3 }, 3)).toEqual([2]);
});

async function exported(filter: AuditFilter) {
  let text = '';
  for await (const bytes of exportLines(filter)) text += Buffer.from(bytes).toString();
  return text;
}

test('an export is lines of JSON with all columns, oldest first, that can be verified', async () => {
  const text = await exported({});
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Parameters<typeof hashOf>[0] & { hash: string });
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  for (const row of rows) expect(hashOf(row)).toBe(row.hash);
  expect(await exported({ user: 'nobody' })).toBe('');
});
