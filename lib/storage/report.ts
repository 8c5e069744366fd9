import 'server-only';
import { statSync } from 'node:fs';
import { listBackups } from '@/lib/db/backup';
import { type DataDisk, readDataDisk } from '@/lib/db/data-disk';
import { backupDirectory, databaseFile, walFile } from '@/lib/db/files';
import { startNotice } from '@/lib/db/prepare';
import { env } from '@/lib/env';
import type { BackupSummary } from './choices';

interface StorageReport {
  /** Newest first. */
  backups: BackupSummary[];
  directory: string;
  /** Problems of the database found at the start. */
  notice: string | null;
  disk: DataDisk;
  dataDirectory: string;
  /** With its write-ahead log. */
  databaseBytes: number;
}

const fileBytes = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

export const storageReport = async (): Promise<StorageReport> => ({
  backups: listBackups().toReversed(),
  directory: backupDirectory(),
  notice: startNotice(),
  disk: await readDataDisk(),
  dataDirectory: env().dataDirectory,
  databaseBytes: fileBytes(databaseFile()) + fileBytes(walFile()),
});
