/** `asked` is stored before a command runs; the others are outcomes. */
export const auditOutcomes = ['asked', 'done', 'denied', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** An entry that is not stored yet: who, what, on what, from where, outcome. */
export interface NewAuditEntry {
  userId: string | null;
  userName: string | null;
  address: string;
  command: string;
  permission: string;
  target: string;
  outcome: AuditOutcome;
  errorCode: string | null;
  /** Of an outcome: the entry that was stored before the command ran. */
  askedSeq: number | null;
  /** ms since 1970 */
  at: number;
}
