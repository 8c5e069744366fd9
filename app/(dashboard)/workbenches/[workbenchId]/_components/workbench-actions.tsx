'use client';

import { Ellipsis, History, PackageCheck, Play, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { startAgain } from '@/app/(dashboard)/workbenches/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { workbenchHref } from '@/lib/workbenches/choices';
import type { WorkbenchView } from '@/lib/workbenches/schema';
import { type Question, WorkbenchDialogs } from './workbench-dialogs';

export interface MayWithWorkbench {
  type: boolean;
  start: boolean;
  remove: boolean;
  commit: boolean;
  /** A paused container. */
  resume: boolean;
}

const again = { start: 'Start again', attach: 'Connect again', exec: 'Open a new shell' } as const;

/** The actions that the container's state allows. */
export function WorkbenchActions({
  workbench,
  terminal,
  container,
  may,
  onStarting,
}: WorkbenchView & { may: MayWithWorkbench; onStarting: (starting: boolean) => void }) {
  const refresh = useRefresh();
  const toast = useToast();
  const [asked, setAsked] = useState<Question | null>(null);
  const [pending, setPending] = useState(false);
  const { id, origin } = workbench;
  const runs = container.state === 'there' && container.status === 'running';
  const mode = origin === 'exec' ? 'exec' : runs ? 'attach' : 'start';
  const canContinue = !terminal?.open && container.state === 'there' && (runs || origin === 'run');

  const go = async () => {
    setPending(true);
    onStarting(true);
    const result = await startOnce(startAgain, { id });
    setPending(false);
    if (result.ok) return refresh();
    onStarting(false);
    toast(failureToast('Not started', result, () => void go()));
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
      <WorkbenchDialogs
        asked={asked}
        onClose={() => setAsked(null)}
        workbench={workbench}
        container={container}
      />
    </>
  );
}
