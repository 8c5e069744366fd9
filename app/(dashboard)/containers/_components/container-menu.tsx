'use client';

import {
  Cable,
  CirclePause,
  CirclePlay,
  Ellipsis,
  Layers,
  Logs,
  OctagonX,
  Play,
  RotateCw,
  Square,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { attachToContainer } from '@/app/(dashboard)/workbenches/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { containerHref, isAlive } from '@/lib/containers/choices';
import type { ContainerState } from '@/lib/engine/containers/types';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { workbenchHref } from '@/lib/workbenches/choices';
import { RemoveContainer } from './remove-container';
import { useContainerChange } from './use-container-change';

export interface MayWithContainers {
  start: boolean;
  commit: boolean;
  remove: boolean;
  /** Open a shell in it, or attach to its main process. */
  terminal: boolean;
}

export interface ContainerOfMenu {
  id: string;
  name: string;
  state: ContainerState;
}

/** The actions on a container, for lists and for its page. `children` are more items, above the removal. */
export function ContainerMenu({
  container,
  may,
  withOutput = true,
  children,
}: {
  container: ContainerOfMenu;
  may: MayWithContainers;
  /** False on the page that shows the output. */
  withOutput?: boolean;
  children?: ReactNode;
}) {
  const [removing, setRemoving] = useState(false);
  const { change } = useContainerChange(container);
  const { id, name, state } = container;
  const alive = isAlive(state);
  const mayAny = may.start || may.commit || may.remove || may.terminal;
  if (!withOutput && !mayAny && !children) return null;
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
        {withOutput ? (
          <MenuItem icon={<Logs />} href={`${containerHref(id)}#output`}>
            Output
          </MenuItem>
        ) : null}
        {may.terminal && state === 'running' ? <TerminalItems id={id} name={name} /> : null}
        {may.start ? <StateItems state={state} change={change} /> : null}
        {may.commit ? (
          <MenuItem icon={<Layers />} href={`/commits/new?container=${id}`}>
            Commit…
          </MenuItem>
        ) : null}
        {children}
        {may.remove ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setRemoving(true)}>
              Remove…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <RemoveContainer container={{ id, name, alive }} open={removing} onOpenChange={setRemoving} />
    </>
  );
}

/** `docker exec -i -t` and `docker attach`. */
function TerminalItems({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const toast = useToast();
  const attach = async () => {
    const result = await startOnce(attachToContainer, { container: id });
    if (result.ok) return router.push(workbenchHref(result.data.id));
    toast(failureToast(`Not attached to ${name}`, result, () => void attach()));
  };
  return (
    <>
      <MenuItem icon={<SquareTerminal />} href={`/workbenches/new?${new URLSearchParams({ container: id })}`}>
        Open a shell…
      </MenuItem>
      <MenuItem icon={<Cable />} onSelect={() => void attach()}>
        Attach to its terminal
      </MenuItem>
    </>
  );
}

function StateItems({
  state,
  change,
}: {
  state: ContainerState;
  change: ReturnType<typeof useContainerChange>['change'];
}) {
  if (!isAlive(state)) {
    return (
      <MenuItem icon={<Play />} onSelect={() => void change('start')} disabled={state === 'removing'}>
        Start
      </MenuItem>
    );
  }
  return (
    <>
      {state === 'paused' ? (
        <MenuItem icon={<CirclePlay />} onSelect={() => void change('unpause')}>
          Resume
        </MenuItem>
      ) : (
        <MenuItem icon={<Square />} onSelect={() => void change('stop')}>
          Stop
        </MenuItem>
      )}
      <MenuItem icon={<RotateCw />} onSelect={() => void change('restart')}>
        Restart
      </MenuItem>
      {state === 'running' ? (
        <MenuItem icon={<CirclePause />} onSelect={() => void change('pause')}>
          Pause
        </MenuItem>
      ) : null}
      <MenuItem icon={<OctagonX />} onSelect={() => void change('kill')} detail="at once">
        {' '}
        Kill
      </MenuItem>
    </>
  );
}
