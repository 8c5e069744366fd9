'use client';

import '@xterm/xterm/css/xterm.css';
import { Download, Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { openScreen, type Screen, silenceAnswers } from '@/app/_components/terminal/screen';
import { Button, buttonClasses } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { formatDuration } from '@/lib/format/time';
import { type Cast, parseCast } from './cast';

const speeds = [1, 2, 4, 8];

/** Draws the events from one moment to another; backwards from the beginning. */
function draw({ terminal }: Screen, cast: Cast, from: number, to: number): void {
  const start = to < from ? -1 : from;
  if (to < from) terminal.reset();
  for (const { at, type, text } of cast.events) {
    if (at <= start || at > to) continue;
    if (type === 'o') terminal.write(text);
    else {
      const [columns = 80, rows = 24] = text.split('x').map(Number);
      terminal.resize(columns, rows);
    }
  }
}

export function Replay({ workbenchId, terminal }: { workbenchId: string; terminal: string }) {
  const element = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<Screen | null>(null);
  const [cast, setCast] = useState<Cast | null>(null);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(-1);
  const [playing, setPlaying] = useState(true);
  const [speed, setSpeed] = useState(1);
  const address = `/api/workbenches/${workbenchId}/recording?terminal=${terminal}`;
  const drawn = useRef(-1);

  useEffect(() => {
    let gone = false;
    let opened: Screen | undefined;
    const open = async () => {
      const made = await openScreen(element.current!, {
        readOnly: true,
        onLink: () => undefined,
        onLeave: () => undefined,
      });
      if (gone) return made.dispose();
      opened = made;
      silenceAnswers(made.terminal, () => true);
      setScreen(made);
    };
    const load = async () => {
      try {
        const response = await fetch(address);
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        const read = parseCast(await response.text());
        if (!gone) setCast(read);
      } catch {
        setFailed(true); // said beside the screen
      }
    };
    void open();
    void load();
    return () => {
      gone = true;
      opened?.dispose();
    };
  }, [address]);

  useEffect(() => {
    if (!screen || !cast) return;
    if (drawn.current < 0) screen.terminal.resize(cast.columns, cast.rows);
    draw(screen, cast, drawn.current, at);
    drawn.current = at;
  }, [screen, cast, at]);

  useEffect(() => {
    if (!screen || !cast || !playing) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const step = (now - last) * speed;
      last = now;
      setAt((before) => Math.min(cast.length, Math.max(0, before) + step));
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [screen, cast, playing, speed]);

  const ended = cast !== null && at >= cast.length;
  const toggle = () => {
    if (ended) setAt(-1);
    setPlaying(ended || !playing);
  };

  return (
    <div className="flex flex-col gap-3 pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={playing && !ended ? <Pause aria-hidden /> : <Play aria-hidden />}
          disabled={!cast}
          onClick={toggle}
        >
          {ended ? 'Play again' : playing ? 'Pause' : 'Play'}
        </Button>
        <input
          type="range"
          aria-label="Place in the recording"
          className="min-w-40 flex-1"
          min={0}
          max={Math.max(1, cast?.length ?? 1)}
          value={Math.max(0, at)}
          disabled={!cast}
          onChange={(event) => {
            setPlaying(false);
            setAt(Number(event.target.value));
          }}
        />
        <span className="text-sm text-muted tabular-nums">
          {formatDuration(Math.max(0, at))} of {formatDuration(cast?.length ?? 0)}
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
      {failed ? (
        <p className="text-failed-ink">The recording could not be read. Load the page again.</p>
      ) : null}
      <div className="overflow-x-auto rounded-md border border-line bg-sunken p-2">
        <div ref={element} role="group" aria-label="Recorded terminal" className="min-h-80" />
      </div>
    </div>
  );
}
