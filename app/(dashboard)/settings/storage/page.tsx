import { DiskFill } from '@/app/_components/disk-fill';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Notice } from '@/app/_components/ui/notice';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { storageReport } from '@/lib/storage/report';
import { MakeBackup } from './backup-buttons';
import { BackupTable } from './backup-table';

export const metadata = { title: 'Storage settings' };

export default async function StorageSettingsPage() {
  const user = await requirePermission('settings:read');
  const { backups, directory, notice, disk, dataDirectory, databaseBytes } = await storageReport();
  const mayEdit = can(user, 'settings:edit');
  return (
    <>
      {notice ? (
        <Notice tone="danger" title="The last stop has damaged the database">
          {notice}
        </Notice>
      ) : null}
      <Panel title="Disk" meta="Of the data directory: database, backups, projects, uploads">
        <div className="flex max-w-200 flex-col gap-3">
          <DiskFill system={{ total: disk.totalBytes, free: disk.freeBytes }} />
          <p className="text-muted">
            <code className="font-mono break-all">{dataDirectory}</code>; the database takes{' '}
            <ByteSize bytes={databaseBytes} />. Below <ByteSize bytes={disk.warnBelowBytes} /> every page
            warns, below <ByteSize bytes={disk.reserveBytes} /> no new work is started.
          </p>
        </div>
      </Panel>
      <Panel
        title="Backups"
        meta="Of the database: history, projects’ settings, users. Made every day, the newest seven are kept."
        actions={mayEdit ? <MakeBackup /> : undefined}
      >
        {backups.length ? (
          <BackupTable backups={backups} mayEdit={mayEdit} />
        ) : (
          <EmptyState title="No backups">The first is made a minute after the start.</EmptyState>
        )}
        <p className="mt-3 text-muted">
          To restore one, stop Layerwright and run <code className="font-mono">npm run restore -- NAME</code>.
          What is replaced is kept. The backups are in{' '}
          <code className="font-mono break-all">{directory}</code>, on the same disk as the database: copy
          them, the key and the projects’ files elsewhere, too.
        </p>
      </Panel>
    </>
  );
}
