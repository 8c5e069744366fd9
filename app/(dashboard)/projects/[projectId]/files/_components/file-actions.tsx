'use client';

import { useRouter } from 'next/navigation';
import type { FileEntry } from '@/lib/projects/schema';
import { filesHref, parentOf } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';
import { FileMenu } from './file-menu';

/** The menu of the open file; follows a rename. */
export function FileActions({
  projectId,
  path,
  entry,
  mayEdit,
}: {
  projectId: ProjectId;
  path: string;
  entry: Pick<FileEntry, 'type' | 'executable'>;
  mayEdit: boolean;
}) {
  const router = useRouter();
  return (
    <FileMenu
      projectId={projectId}
      path={path}
      entry={entry}
      mayEdit={mayEdit}
      onGone={(to) => router.replace(filesHref(projectId, to ?? parentOf(path)))}
    />
  );
}
