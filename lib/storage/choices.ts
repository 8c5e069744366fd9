/** Why the backup was made; null for a file with another name. */
export const backupReasonLabels = {
  nightly: 'Schedule',
  'by-hand': 'By hand',
  'before-upgrade': 'Before an upgrade',
} as const;

export interface BackupSummary {
  name: string;
  reason: keyof typeof backupReasonLabels | null;
  /** ms since 1970 */
  madeAt: number;
  sizeBytes: number;
  /** The last check since the start of the server; `problem` is null if it is intact. */
  check: { at: number; problem: string | null } | null;
}
