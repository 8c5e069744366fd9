'use client';

import { Ellipsis, Pencil, RefreshCw, Unplug } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem } from '@/app/_components/ui/menu';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import type { GitSource } from '@/lib/projects/git/schema';
import type { ProjectId } from '@/lib/ids';
import { disconnectGit } from './actions';
import { RefreshDialog } from './refresh-dialog';
import { SourceDialog } from './source-dialog';

/** Refresh and other actions on the repository of a project. */
export function GitMenu({ projectId, source }: { projectId: ProjectId; source: GitSource }) {
  const refresh = useRefresh();
  const [open, setOpen] = useState<'refresh' | 'change' | 'disconnect' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button size="small" icon={<RefreshCw aria-hidden />} onClick={() => setOpen('refresh')}>
        Refresh
      </Button>
      <Menu trigger={<IconButton label="More for the repository" icon={<Ellipsis />} />}>
        <MenuItem icon={<Pencil />} onSelect={() => setOpen('change')}>
          Change address or login…
        </MenuItem>
        <MenuItem icon={<Unplug />} onSelect={() => setOpen('disconnect')}>
          Disconnect…
        </MenuItem>
      </Menu>
      {open === 'refresh' ? <RefreshDialog projectId={projectId} source={source} onClose={close} /> : null}
      {open === 'change' ? <SourceDialog projectId={projectId} source={source} onClose={close} /> : null}
      <ConfirmDialog
        open={open === 'disconnect'}
        onOpenChange={close}
        title="Disconnect from the repository?"
        confirmLabel="Disconnect"
        onConfirm={async () => {
          const result = await answered(disconnectGit)({ id: projectId });
          if (result.ok) refresh();
          return result;
        }}
      >
        <p>The files are kept. The stored URL and login are deleted.</p>
      </ConfirmDialog>
    </>
  );
}
