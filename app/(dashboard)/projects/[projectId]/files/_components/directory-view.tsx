import { FolderOpen } from 'lucide-react';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Panel } from '@/app/_components/ui/panel';
import { formatCount } from '@/lib/format/text';
import type { FileEntry, Project } from '@/lib/projects/schema';
import { DirectoryTools } from './directory-tools';
import { FileTable } from './file-table';
import { PathCrumbs } from './path-crumbs';

export function DirectoryView({
  project,
  path,
  listing,
  mayEdit,
}: {
  project: Pick<Project, 'id' | 'name'>;
  path: string;
  listing: { entries: FileEntry[]; more: number };
  mayEdit: boolean;
}) {
  const { entries, more } = listing;
  return (
    <Panel
      padding="flush"
      className="border-t-0!"
      title={<PathCrumbs projectId={project.id} path={path} />}
      actions={<DirectoryTools project={project} path={path} mayEdit={mayEdit} />}
    >
      {entries.length ? (
        <FileTable projectId={project.id} path={path} entries={entries} mayEdit={mayEdit} />
      ) : (
        <EmptyState icon={<FolderOpen />} title="This directory is empty">
          {mayEdit ? 'Create a file or upload some.' : null}
        </EmptyState>
      )}
      {more ? (
        <p className="py-3 text-muted">{formatCount(more, 'more entry', 'more entries')} not shown.</p>
      ) : null}
    </Panel>
  );
}
