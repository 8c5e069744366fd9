import 'server-only';
import { listBackups } from '@/lib/db/backup';
import { backupDirectory } from '@/lib/db/files';
import { startNotice } from '@/lib/db/prepare';
import type { BackupSummary } from './choices';

interface StorageReport {
  /** Newest first. */
  backups: BackupSummary[];
  directory: string;
  /** Problems of the database found at the start. */
  notice: string | null;
}

export const storageReport = (): StorageReport => ({
  backups: listBackups().toReversed(),
  directory: backupDirectory(),
  notice: startNotice(),
});
