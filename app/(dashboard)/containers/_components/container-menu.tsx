'use client';

import {
  CirclePause,
  CirclePlay,
  Ellipsis,
  Layers,
  Logs,
  OctagonX,
  Play,
  RotateCw,
  Square,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { containerHref, isAlive } from '@/lib/containers/schema';
import type { ContainerState } from '@/lib/engine/container-types';
import { RemoveContainer } from './remove-container';
import { useContainerChange } from './use-container-change';

export interface MayWithContainers {
  start: boolean;
  commit: boolean;
  remove: boolean;
}

export interface ContainerOfMenu {
  id: string;
  name: string;
  state: ContainerState;
}

/** What can be done with a container, wherever it is listed. `children` are further items, above the removal. */
export function ContainerMenu({
  container,
  may,
  withOutput = true,
  children,
}: {
  container: ContainerOfMenu;
  may: MayWithContainers;
  /** Left out on the page that shows it. */
  withOutput?: boolean;
  children?: ReactNode;
}) {
  const [removing, setRemoving] = useState(false);
  const { change } = useContainerChange(container);
  const { id, name, state } = container;
  const alive = isAlive(state);
  if (!withOutput && !may.start && !may.commit && !may.remove && !children) return null;
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
        {withOutput ? (
          <MenuItem icon={<Logs />} href={`${containerHref(id)}#output`}>
            Output
          </MenuItem>
        ) : null}
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
          Go on
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
        End
      </MenuItem>
    </>
  );
}
