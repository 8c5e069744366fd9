'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { openScreen, type Screen, silenceAnswers } from '@/app/_components/terminal/screen';
import { type Cast, parseCast } from './cast';

/** Draws the events between two times; to seek backwards, it starts from the beginning. */
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

function useScreen(element: RefObject<HTMLDivElement | null>): Screen | null {
  const [screen, setScreen] = useState<Screen | null>(null);
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
    void open();
    return () => {
      gone = true;
      opened?.dispose();
    };
  }, [element]);
  return screen;
}

/** The recording at an address; null while it loads. */
function useCast(address: string) {
  const [cast, setCast] = useState<Cast | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      try {
        const response = await fetch(address);
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        const read = parseCast(await response.text());
        if (!gone) setCast(read);
      } catch {
        setFailed(true);
      }
    };
    void load();
    return () => {
      gone = true;
    };
  }, [address]);
  return { cast, failed };
}

/** Plays the recording at an address on a screen in the element. Times are ms; `at` is -1 before its beginning. */
export function usePlayer(element: RefObject<HTMLDivElement | null>, address: string) {
  const screen = useScreen(element);
  const { cast, failed } = useCast(address);
  const [at, setAt] = useState(-1);
  const [playing, setPlaying] = useState(true);
  const [speed, setSpeed] = useState(1);
  const drawn = useRef(-1);

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
  const seek = (to: number) => {
    setPlaying(false);
    setAt(to);
  };
  return {
    failed,
    ready: cast !== null,
    length: cast?.length ?? 0,
    at: Math.max(0, at),
    playing: playing && !ended,
    ended,
    speed,
    toggle,
    seek,
    setSpeed,
  };
}
