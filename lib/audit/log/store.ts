import 'server-only';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { db } from '@/lib/db/client';
import type { AuditOutcome } from '@/lib/audit/schema';
import type { AuditFilter, AuditSummary } from './schema';

const exportedAtOnce = 500;
const dayMs = 24 * 60 * 60 * 1000;

const dayAfter = (day: string) => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

function matching({ user, command, outcome, from, to }: AuditFilter) {
  return {
    command,
    outcome,
    // `asked` means: not ended.
    ...(outcome === 'asked' && { ended: null }),
    at: { gte: from, lt: to && dayAfter(to) },
    ...(user && { AND: { OR: [{ userName: user }, { target: `user=${user}` }] } }),
  };
}

/** Newest first. Of a command that has ended, the outcome only. */
export async function listEntries({ before, ...filter }: AuditFilter, limit: number) {
  const rows = await db().auditEntry.findMany({
    where: {
      ...matching(filter),
      seq: { lt: before },
      OR: [{ outcome: { not: 'asked' } }, { ended: null }],
    },
    orderBy: { seq: 'desc' },
    take: limit + 1,
  });
  const entries = rows.slice(0, limit).map((row): AuditSummary => ({
    seq: row.seq,
    at: Date.parse(row.at),
    userName: row.userName,
    address: row.address,
    command: row.command,
    target: row.target,
    outcome: row.outcome as AuditOutcome,
    errorCode: row.errorCode,
  }));
  return { entries, more: rows.length > limit };
}

/** All columns of all matching entries as lines of JSON, oldest first. */
export async function* exportLines({ before, ...filter }: AuditFilter): AsyncGenerator<Uint8Array> {
  for (let after = 0; ;) {
    const rows = await db().auditEntry.findMany({
      where: { ...matching(filter), seq: { gt: after, lt: before } },
      orderBy: { seq: 'asc' },
      take: exportedAtOnce,
    });
    if (!rows.length) return;
    yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    after = rows.at(-1)!.seq;
    await yieldToOthers();
  }
}
