'use client';

import '@xterm/xterm/css/xterm.css';
import { Download, Pause, Play } from 'lucide-react';
import { useRef } from 'react';
import { Button, buttonClasses } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { formatDuration } from '@/lib/format/time';
import type { WorkbenchId } from '@/lib/ids';
import { usePlayer } from './use-player';

const speeds = [1, 2, 4, 8];

export function Replay({ workbenchId, terminal }: { workbenchId: WorkbenchId; terminal: string }) {
  const element = useRef<HTMLDivElement>(null);
  const address = `/api/workbenches/${workbenchId}/recording?terminal=${terminal}`;
  const player = usePlayer(element, address);
  return (
    <div className="flex flex-col gap-3 pt-3">
      <Controls player={player} address={address} />
      {player.failed ? (
        <p className="text-failed-ink">The recording could not be read. Reload the page.</p>
      ) : null}
      <div className="overflow-x-auto rounded-md border border-line bg-sunken p-2">
        <div ref={element} role="group" aria-label="Recorded terminal" className="min-h-80" />
      </div>
    </div>
  );
}

function Controls({ player, address }: { player: ReturnType<typeof usePlayer>; address: string }) {
  const { ready, length, at, playing, ended, speed, toggle, seek, setSpeed } = player;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        icon={playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        disabled={!ready}
        onClick={toggle}
      >
        {ended ? 'Play again' : playing ? 'Pause' : 'Play'}
      </Button>
      <input
        type="range"
        aria-label="Playback position"
        className="min-w-40 flex-1"
        min={0}
        max={Math.max(1, length)}
        value={at}
        disabled={!ready}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="text-sm text-muted tabular-nums">
        {formatDuration(at)} of {formatDuration(length)}
      </span>
      <NativeSelect
        aria-label="Speed"
        className="w-24"
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </NativeSelect>
      <a href={address} download className={buttonClasses('secondary', 'medium')}>
        <Download aria-hidden />
        Download
      </a>
    </div>
  );
}
