import 'server-only';
import { listBackups } from '@/lib/db/backup';
import { backupDirectory } from '@/lib/db/files';
import { startNotice } from '@/lib/db/prepare';
import type { BackupSummary } from './choices';

export interface StorageReport {
  /** Newest first. */
  backups: BackupSummary[];
  directory: string;
  /** What the start found wrong with the database. */
  notice: string | null;
}

export const storageReport = (): StorageReport => ({
  backups: listBackups().toReversed(),
  directory: backupDirectory(),
  notice: startNotice(),
});
