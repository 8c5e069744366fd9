import { z } from 'zod';
import { type AuditOutcome, auditOutcomes } from '@/lib/audit/schema';

/** Forms send fields that are not filled in as empty texts. */
const ifGiven = <S extends z.ZodType>(schema: S) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

export const auditFilter = z.object({
  /** Who did it, or tried to sign in as this user. */
  user: ifGiven(z.string().trim().toLowerCase().max(64)),
  command: ifGiven(z.string().max(100)),
  outcome: ifGiven(z.enum(auditOutcomes)),
  /** First and last day, UTC. */
  from: ifGiven(z.iso.date()),
  to: ifGiven(z.iso.date()),
  /** Number of an entry: only older ones. */
  before: ifGiven(z.coerce.number().int().min(1)),
});
export type AuditFilter = z.output<typeof auditFilter>;

export interface AuditSummary {
  seq: number;
  /** ms since 1970 */
  at: number;
  userName: string | null;
  address: string;
  command: string;
  target: string;
  outcome: AuditOutcome;
  errorCode: string | null;
}

export const verification = z.object({
  /** The number of entries that are in order. */
  rows: z.number(),
  /** The hash of the last of them; null if there is none. */
  hash: z.string().nullable(),
  /** The first entry that is not in order. */
  bad: z.object({ seq: z.number(), problem: z.string() }).nullable(),
});
export type Verification = z.output<typeof verification>;
