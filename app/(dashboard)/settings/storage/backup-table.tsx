import { Badge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { backupReasonLabels, type BackupSummary } from '@/lib/storage/choices';
import { CheckBackup } from './backup-buttons';

function CheckResult({ check }: Pick<BackupSummary, 'check'>) {
  if (!check) return <span className="text-faint">not since the start</span>;
  if (check.problem)
    return (
      <span title={check.problem}>
        <Badge tone="danger">Damaged</Badge>
      </span>
    );
  return <RelativeTime at={check.at} />;
}

const columns: Column<BackupSummary>[] = [
  {
    key: 'name',
    header: 'Backup',
    main: true,
    grow: true,
    cell: ({ name }) => <span className="font-mono text-sm break-all">{name}</span>,
  },
  { key: 'made', header: 'Made', cell: ({ madeAt }) => <RelativeTime at={madeAt} /> },
  {
    key: 'reason',
    header: 'Made by',
    cell: ({ reason }) => (
      <span className="whitespace-nowrap">{reason ? backupReasonLabels[reason] : 'unknown'}</span>
    ),
  },
  { key: 'size', header: 'Size', align: 'end', cell: ({ sizeBytes }) => <ByteSize bytes={sizeBytes} /> },
  { key: 'check', header: 'Checked', cell: ({ check }) => <CheckResult check={check} /> },
];

const actions: Column<BackupSummary> = {
  key: 'actions',
  header: 'Actions',
  actions: true,
  cell: ({ name }) => <CheckBackup name={name} />,
};

export function BackupTable({ backups, mayEdit }: { backups: BackupSummary[]; mayEdit: boolean }) {
  return (
    <Table
      caption="Backups"
      rows={backups}
      rowKey={({ name }) => name}
      columns={mayEdit ? [...columns, actions] : columns}
    />
  );
}
