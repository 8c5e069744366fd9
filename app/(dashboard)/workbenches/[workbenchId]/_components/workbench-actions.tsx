'use client';

import { Ellipsis, History, PackageCheck, Play, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  deleteFromHistory,
  endShell,
  removeContainer,
  startAgain,
} from '@/app/(dashboard)/workbenches/actions';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { useToast } from '@/app/_hooks/use-toast';
import { workbenchHref } from '@/lib/workbenches/choices';
import type { WorkbenchView } from '@/lib/workbenches/schema';

export interface MayWithWorkbench {
  type: boolean;
  start: boolean;
  remove: boolean;
  commit: boolean;
}

const again = { start: 'Start again', attach: 'Connect again', exec: 'Open a new shell' } as const;

/** What can be done next: depends on what became of the container. */
export function WorkbenchActions({
  workbench,
  terminal,
  container,
  may,
  onStarting,
}: WorkbenchView & { may: MayWithWorkbench; onStarting: (starting: boolean) => void }) {
  const router = useRouter();
  const toast = useToast();
  const [asked, setAsked] = useState<'end' | 'remove' | 'forget' | null>(null);
  const [pending, setPending] = useState(false);
  const { id, origin, name } = workbench;
  const runs = container.state === 'there' && container.status === 'running';
  const mode = origin === 'exec' ? 'exec' : runs ? 'attach' : 'start';
  const canContinue = !terminal?.open && container.state === 'there' && (runs || origin === 'run');

  const go = async () => {
    setPending(true);
    onStarting(true);
    const result = await startAgain({ id });
    setPending(false);
    if (!result.ok) onStarting(false);
    if (!result.ok) toast({ tone: 'failure', title: 'Not started', text: result.message });
    router.refresh();
  };
  const finish = async <Result extends { ok: boolean }>(work: Promise<Result>) => {
    const result = await work;
    if (result.ok) router.refresh();
    return result;
  };

  return (
    <>
      {canContinue && may.start ? (
        <Button variant="primary" icon={<Play aria-hidden />} pending={pending} onClick={() => void go()}>
          {again[mode]}
        </Button>
      ) : null}
      {container.state === 'there' && may.commit ? (
        <LinkButton
          icon={<PackageCheck aria-hidden />}
          href={`/commits/new?${new URLSearchParams({ container: workbench.containerId })}`}
        >
          Commit
        </LinkButton>
      ) : null}
      {terminal?.open && may.type ? (
        <Button icon={<Square aria-hidden />} onClick={() => setAsked('end')}>
          {origin === 'attach' ? 'Leave' : 'End'}
        </Button>
      ) : null}
      <Menu trigger={<IconButton label="More" icon={<Ellipsis />} />}>
        <MenuItem icon={<History aria-hidden />} href={`${workbenchHref(id)}/replay`}>
          Replay the recording
        </MenuItem>
        {may.remove ? <MenuSeparator /> : null}
        {may.remove && origin === 'run' && container.state === 'there' ? (
          <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsked('remove')}>
            Remove the container…
          </MenuItem>
        ) : null}
        {may.remove ? (
          <MenuItem
            icon={<Trash2 aria-hidden />}
            danger
            disabled={terminal?.open}
            onSelect={() => setAsked('forget')}
          >
            Delete from the history…
          </MenuItem>
        ) : null}
      </Menu>
      <ConfirmDialog
        open={asked === 'end'}
        onOpenChange={() => setAsked(null)}
        title={origin === 'attach' ? 'Leave this terminal?' : `End the shell of ${name}?`}
        confirmLabel={origin === 'attach' ? 'Leave it' : 'End it'}
        onConfirm={() => finish(endShell({ id }))}
      >
        {origin === 'attach'
          ? 'The program in the container goes on.'
          : origin === 'exec'
            ? 'What runs in the shell ends with it. The container goes on.'
            : 'What runs in it ends. The container stays as it is, stopped: it can be started again, or made an image.'}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'remove'}
        onOpenChange={() => setAsked(null)}
        title={`Remove the container ${name}?`}
        confirmLabel="Remove it"
        onConfirm={() => finish(removeContainer({ id }))}
      >
        Everything that was changed in it is gone, and its anonymous volumes. What was recorded stays.
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'forget'}
        onOpenChange={() => setAsked(null)}
        title={`Delete ${name} from the history?`}
        confirmLabel="Delete it"
        onConfirm={async () => {
          const result = await deleteFromHistory({ id });
          if (result.ok && result.data.deleted) router.push('/workbenches');
          return result;
        }}
      >
        Its commands and its recording are gone. {container.state === 'there' ? 'The container stays.' : ''}
      </ConfirmDialog>
    </>
  );
}
