'use client';

import { Download, FilePlus, FolderPlus, FolderUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { IconButton } from '@/app/_components/ui/icon-button';
import type { Project } from '@/lib/projects/schema';
import { archiveHref, filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { NewEntry } from './new-entry';
import { UploadDialog } from './upload-dialog';

/** Actions on a directory. */
export function DirectoryTools({
  project,
  path,
  mayEdit,
}: {
  project: Pick<Project, 'id' | 'name'>;
  path: string;
  mayEdit: boolean;
}) {
  const router = useRouter();
  const [open, setOpen] = useState<'file' | 'directory' | 'upload' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <IconButton
        label="Download the project as .tar"
        icon={<Download />}
        onClick={() => window.location.assign(archiveHref(project.id))}
      />
      {mayEdit ? (
        <>
          <IconButton label="New directory" icon={<FolderPlus />} onClick={() => setOpen('directory')} />
          <Button size="small" icon={<FilePlus aria-hidden />} onClick={() => setOpen('file')}>
            New file
          </Button>
          <Button size="small" icon={<FolderUp aria-hidden />} onClick={() => setOpen('upload')}>
            Upload
          </Button>
        </>
      ) : null}
      {open === 'file' || open === 'directory' ? (
        <NewEntry
          projectId={project.id}
          directory={path}
          kind={open}
          onDone={(made) => router.push(filesHref(project.id, made))}
          onClose={close}
        />
      ) : null}
      {open === 'upload' ? <UploadDialog project={project} directory={path} onClose={close} /> : null}
    </>
  );
}
