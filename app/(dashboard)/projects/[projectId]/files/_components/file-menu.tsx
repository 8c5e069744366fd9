'use client';

import { Download, Ellipsis, Pencil, SquareTerminal, Trash2 } from 'lucide-react';
import { useState, useTransition } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import type { FileEntry } from '@/lib/projects/schema';
import { setExecutable } from '@/app/(dashboard)/projects/actions';
import { downloadHref } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';
import { DeleteFile } from './delete-file';
import { RenameFile } from './rename-file';

/** Actions on one file or directory. */
export function FileMenu({
  projectId,
  path,
  entry,
  mayEdit,
  onGone,
}: {
  projectId: ProjectId;
  path: string;
  entry: Pick<FileEntry, 'type' | 'executable'>;
  mayEdit: boolean;
  /** Called when it was deleted, or moved to another path. */
  onGone?: (to: string | null) => void;
}) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const isFile = entry.type === 'file';
  if (!mayEdit && !isFile) return null;
  const toggle = () =>
    startTransition(async () => {
      const result = await answered(setExecutable)({ id: projectId, path, executable: !entry.executable });
      if (!result.ok) toast(failureToast('Not changed', result, toggle));
    });
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${path}`} icon={<Ellipsis />} pending={pending} />}>
        {isFile ? (
          <MenuItem
            icon={<Download />}
            onSelect={() => window.location.assign(downloadHref(projectId, path))}
          >
            Download
          </MenuItem>
        ) : null}
        {mayEdit ? (
          <>
            <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
              Rename or move…
            </MenuItem>
            {isFile ? (
              <MenuItem icon={<SquareTerminal />} onSelect={toggle}>
                {entry.executable ? 'Make non-executable' : 'Make executable'}
              </MenuItem>
            ) : null}
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen('delete')}>
              Delete…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {open === 'rename' ? (
        <RenameFile projectId={projectId} path={path} onDone={onGone} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'delete' ? (
        <DeleteFile
          projectId={projectId}
          path={path}
          isDirectory={entry.type === 'directory'}
          onDone={() => onGone?.(null)}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
