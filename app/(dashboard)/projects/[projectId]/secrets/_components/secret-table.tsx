import { CopyText } from '@/app/_components/ui/copy';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { ProjectId } from '@/lib/ids';
import { RemoveSecret } from './remove-secret';

interface ShownSecret {
  projectId: ProjectId;
  name: string;
  updatedAt: number;
  /** Whether builds get it. */
  given: boolean;
}

const columns: Column<ShownSecret>[] = [
  {
    key: 'name',
    header: 'Secret',
    main: true,
    grow: true,
    cell: ({ name }) => <CopyText text={name} label="Copy name" />,
  },
  {
    key: 'given',
    header: 'Builds',
    cell: ({ given }) => (given ? 'available' : <span className="text-muted">disabled in the options</span>),
  },
  {
    key: 'updated',
    header: 'Set',
    align: 'end',
    cell: ({ updatedAt }) => (
      <span className="text-muted">
        <RelativeTime at={updatedAt} />
      </span>
    ),
  },
];

const remove: Column<ShownSecret> = {
  key: 'remove',
  header: 'Actions',
  actions: true,
  cell: ({ projectId, name }) => <RemoveSecret projectId={projectId} name={name} />,
};

export function SecretTable({ secrets, mayEdit }: { secrets: ShownSecret[]; mayEdit: boolean }) {
  return (
    <Table
      caption="Secrets of this project"
      columns={mayEdit ? [...columns, remove] : columns}
      rows={secrets}
      rowKey={({ name }) => name}
    />
  );
}
