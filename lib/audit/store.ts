import 'server-only';
import { db } from '@/lib/db/client';
import { hashOf } from './hash';
import type { NewAuditEntry } from './schema';

/**
 * Stores entries at the end of the chain, all or none; returns the number of the last. One transaction reads the end and
 * continues it, and transactions run one after another.
 */
export function insertEntries(entries: readonly NewAuditEntry[]): Promise<number> {
  return db().$transaction(async (tx) => {
    const end = await tx.auditEntry.findFirst({
      orderBy: { seq: 'desc' },
      select: { seq: true, hash: true },
    });
    let [seq, hash] = [end?.seq ?? 0, end?.hash ?? ''];
    for (const entry of entries) {
      const row = { ...entry, seq: ++seq, at: new Date(entry.at).toISOString(), previousHash: hash };
      hash = hashOf(row);
      await tx.auditEntry.create({ data: { ...row, hash } });
    }
    return seq;
  });
}
