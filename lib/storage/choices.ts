/** What made a backup; null for a file that somebody put there. */
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
  /** The last check since the server was started; `problem` is null for a sound one. */
  check: { at: number; problem: string | null } | null;
}
