'use client';

import { File, FileCode, FileSymlink, Folder } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { FileEntry } from '@/lib/projects/schema';
import { filesHref, joinPath } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';
import { FileMenu } from './file-menu';

function EntryIcon({ entry }: { entry: FileEntry }) {
  const Icon =
    entry.type === 'directory'
      ? Folder
      : entry.type === 'symlink'
        ? FileSymlink
        : /(^|\.)Dockerfile$|^Dockerfile\./i.test(entry.name)
          ? FileCode
          : File;
  return <Icon aria-hidden className="size-4 shrink-0 text-faint" />;
}

interface Row extends FileEntry {
  projectId: ProjectId;
  /** Relative to the project. */
  path: string;
  mayEdit: boolean;
}

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    main: true,
    grow: true,
    cell: (entry) => (
      <span className="flex min-w-0 items-center gap-2">
        <EntryIcon entry={entry} />
        <Link
          href={filesHref(entry.projectId, entry.path)}
          className="truncate font-mono text-sm hover:underline"
        >
          {entry.name}
          {entry.type === 'directory' ? '/' : ''}
        </Link>
        {entry.target === undefined ? null : (
          <span className="truncate font-mono text-sm text-muted">→ {entry.target}</span>
        )}
        {entry.executable ? <Badge>executable</Badge> : null}
      </span>
    ),
  },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    cell: (entry) =>
      entry.type === 'file' ? <ByteSize bytes={entry.size} /> : <span className="text-faint">–</span>,
  },
  {
    key: 'modified',
    header: 'Changed',
    align: 'end',
    from: 'md',
    cell: (entry) => (
      <span className="text-muted">
        <RelativeTime at={entry.modified} />
      </span>
    ),
  },
  {
    key: 'menu',
    header: 'Actions',
    actions: true,
    cell: (entry) => (
      <FileMenu projectId={entry.projectId} path={entry.path} entry={entry} mayEdit={entry.mayEdit} />
    ),
  },
];

export function FileTable({
  projectId,
  path,
  entries,
  mayEdit,
}: {
  projectId: ProjectId;
  path: string;
  entries: FileEntry[];
  mayEdit: boolean;
}) {
  const rows = entries.map((entry) => ({ ...entry, projectId, path: joinPath(path, entry.name), mayEdit }));
  return (
    <Table
      caption={`Files in ${path || 'the project'}`}
      columns={columns}
      rows={rows}
      rowKey={({ name }) => name}
    />
  );
}
