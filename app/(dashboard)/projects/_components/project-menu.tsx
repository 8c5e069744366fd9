'use client';

import { Copy, Download, Ellipsis, GitBranch, Pencil, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import type { Project } from '@/lib/projects/schema';
import { DeleteProject } from './delete-project';
import { DuplicateProject } from './duplicate-project';
import { archiveHref } from './hrefs';
import { RenameProject } from './rename-project';

// Loaded on demand: it has many fields.
const SourceDialog = dynamic(
  async () => (await import('@/app/(dashboard)/projects/_git/source-dialog')).SourceDialog,
);

/** Actions on a project. */
export function ProjectMenu({
  project,
  mayEdit,
  mayDelete,
  mayConnect = false,
  leaveTo,
}: {
  project: Pick<Project, 'id' | 'name' | 'description'>;
  mayEdit: boolean;
  mayDelete: boolean;
  /** The project has no repository yet. */
  mayConnect?: boolean;
  /** Page to open after the project is deleted. */
  leaveTo?: string;
}) {
  const [open, setOpen] = useState<'rename' | 'duplicate' | 'connect' | 'delete' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${project.name}`} icon={<Ellipsis />} />}>
        {mayEdit ? (
          <>
            <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
              Rename…
            </MenuItem>
            <MenuItem icon={<Copy />} onSelect={() => setOpen('duplicate')}>
              Duplicate…
            </MenuItem>
          </>
        ) : null}
        {mayConnect ? (
          <MenuItem icon={<GitBranch />} onSelect={() => setOpen('connect')}>
            Connect to a Git repository…
          </MenuItem>
        ) : null}
        <MenuItem icon={<Download />} onSelect={() => window.location.assign(archiveHref(project.id))}>
          Download as .tar
        </MenuItem>
        {mayDelete ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen('delete')}>
              Delete…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {open === 'rename' ? <RenameProject project={project} onClose={close} /> : null}
      {open === 'duplicate' ? <DuplicateProject project={project} onClose={close} /> : null}
      {open === 'connect' ? <SourceDialog projectId={project.id} source={null} onClose={close} /> : null}
      {open === 'delete' ? <DeleteProject project={project} leaveTo={leaveTo} onClose={close} /> : null}
    </>
  );
}
