'use client';

import { Play, Square } from 'lucide-react';
import {
  ContainerMenu,
  type ContainerOfMenu,
  type MayWithContainers,
} from '@/app/(dashboard)/containers/_components/container-menu';
import { useContainerChange } from '@/app/(dashboard)/containers/_components/use-container-change';
import { Button } from '@/app/_components/ui/button';
import { isAlive } from '@/lib/containers/choices';

/** Start and stop as buttons; other actions in the menu. */
export function ContainerActions({
  container,
  may,
  busy,
}: {
  container: ContainerOfMenu;
  may: MayWithContainers;
  /** A change is in progress. */
  busy: boolean;
}) {
  const { pending, change } = useContainerChange(container);
  const alive = isAlive(container.state);
  const working = busy || pending !== null;
  return (
    <>
      {may.start ? (
        alive ? (
          <Button icon={<Square aria-hidden />} pending={working} onClick={() => void change('stop')}>
            Stop
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={<Play aria-hidden />}
            pending={working}
            onClick={() => void change('start')}
          >
            Start
          </Button>
        )
      ) : null}
      <ContainerMenu container={container} may={may} withOutput={false} />
    </>
  );
}
