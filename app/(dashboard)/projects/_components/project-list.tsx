'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Reference } from '@/app/_components/ui/reference';
import { SearchField } from '@/app/_components/ui/search-field';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { type Column, Table, wholeInTable } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';
import { formatCount } from '@/lib/format/text';
import { projectHref } from './hrefs';
import type { ProjectRow } from './load-rows';
import { ProjectMenu } from './project-menu';

interface Row extends ProjectRow {
  mayEdit: boolean;
  mayDelete: boolean;
}

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Project',
    main: true,
    grow: true,
    cell: (project) => (
      <span className="flex min-w-0 flex-col">
        <Link href={projectHref(project.id)} className="link truncate font-medium">
          {project.name}
        </Link>
        {project.description ? (
          <span className="truncate text-sm text-muted">{project.description}</span>
        ) : null}
      </span>
    ),
  },
  {
    key: 'tags',
    header: 'Tags',
    cell: ({ tags }) =>
      tags[0] ? (
        <>
          <Reference value={tags[0]} max={36} className={wholeInTable} />
          {tags.length > 1 ? (
            <span className="ml-2">
              <Badge>+{tags.length - 1}</Badge>
            </span>
          ) : null}
        </>
      ) : (
        <span className="text-faint">untagged</span>
      ),
  },
  {
    key: 'build',
    header: 'Last build',
    cell: ({ lastBuild }) =>
      lastBuild ? (
        <span className="inline-flex items-center gap-2 align-middle whitespace-nowrap">
          <Link href={lastBuild.href} aria-label={`Build ${lastBuild.number}`}>
            <StatusMark status={lastBuild.status} />
          </Link>
          <span className="text-muted">
            <RelativeTime at={lastBuild.endedAt ?? lastBuild.queuedAt} />
          </span>
        </span>
      ) : (
        <span className="whitespace-nowrap text-faint">never built</span>
      ),
  },
  {
    key: 'files',
    header: 'Files',
    align: 'end',
    from: 'md',
    cell: ({ files }) =>
      files === null ? <Badge tone="danger">missing</Badge> : files.toLocaleString('en-US'),
  },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    from: 'md',
    cell: ({ bytes }) => (bytes === null ? '–' : <ByteSize bytes={bytes} />),
  },
  {
    key: 'menu',
    header: 'Actions',
    actions: true,
    cell: ({ mayEdit, mayDelete, ...project }) => (
      <ProjectMenu project={project} mayEdit={mayEdit} mayDelete={mayDelete} />
    ),
  },
];

const holds = (project: ProjectRow, query: string) =>
  [project.name, project.description, ...project.tags].some((text) => text.toLowerCase().includes(query));

export function ProjectList({
  rows,
  mayEdit,
  mayDelete,
}: {
  rows: ProjectRow[];
  mayEdit: boolean;
  mayDelete: boolean;
}) {
  useRefreshOnChange();
  const [query, setQuery] = useState('');
  const shown = rows.filter((row) => holds(row, query.trim().toLowerCase()));
  return (
    <>
      <div className="pt-3">
        <Toolbar>
          <SearchField label="Search projects" hotkey value={query} onValueChange={setQuery} />
          <span role="status" className="text-sm text-muted">
            {query
              ? `${shown.length} of ${formatCount(rows.length, 'project')}`
              : formatCount(rows.length, 'project')}
          </span>
        </Toolbar>
      </div>
      {shown.length ? (
        <Table
          caption="Projects, last changed first"
          columns={columns}
          rows={shown.map((row) => ({ ...row, mayEdit, mayDelete }))}
          rowKey={({ id }) => id}
        />
      ) : (
        <EmptyState title="No project matches">Names, descriptions and tags are searched.</EmptyState>
      )}
    </>
  );
}
