'use client';

import '@xterm/xterm/css/xterm.css';
import { clsx } from 'clsx';
import { Keyboard as KeyboardIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { useStream, useStreamState } from '@/app/_hooks/stream-provider';
import { InputQueue, sendInput } from './input-queue';
import { openScreen, type Screen, silenceAnswers } from './screen';
import { connectKeyboard, type Keyboard, TerminalSession } from './terminal-session';

export interface TerminalViewProps {
  workbenchId: string;
  /** The newest terminal: another one goes on below what the last has said. */
  operationId: string;
  /** Draw from the event after this one on. */
  after: number;
  /** Bytes that had been said when the page was made. */
  past: number;
  /** Who typed then, and how large it was. */
  keyboard: Keyboard;
  size: { columns: number; rows: number } | null;
  open: boolean;
  /** It is not open, but will be: what is typed waits for it. */
  comes: boolean;
  mayType: boolean;
  userName: string;
  onCommand: (number: number) => void;
}

const newViewer = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

const nothingRefused = { message: '', text: '' };

/** What can be read of what was not typed. */
function readable(text: string): string {
  const shown = text
    .replaceAll('\r', '⏎')
    // eslint-disable-next-line no-control-regex -- terminals speak in them
    .replaceAll(/\u001b\[[\d;]*[A-Za-z~]|[\u0000-\u001f\u007f]/g, '');
  return shown.length > 120 ? `${shown.slice(0, 120)}…` : shown;
}

/** What a program that was ended may have left switched on: its own screen, the mouse, pasting in brackets, colours. */
const calm = '\u001b[?1049l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?2004l\u001b[?25h\u001b[0m\r\n';

export function TerminalView(props: TerminalViewProps) {
  const { workbenchId, operationId, after, past, open, comes, mayType, userName } = props;
  const stream = useStream();
  const streamState = useStreamState();
  const element = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const [viewer] = useState(newViewer);
  const [screen, setScreen] = useState<Screen | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const [keyboard, setKeyboard] = useState<Keyboard>(props.keyboard);
  const [refused, setRefused] = useState(nothingRefused);
  const [waiting, setWaiting] = useState(false);
  const now = useRef({ open, comes, mayType, onCommand: props.onCommand });
  useEffect(() => {
    now.current = { open, comes, mayType, onCommand: props.onCommand };
  });
  const session = useRef<TerminalSession | null>(null);
  const queue = useRef<InputQueue | null>(null);

  useEffect(() => {
    let gone = false;
    let opened: Screen | undefined;
    const open = async () => {
      const made = await openScreen(element.current!, {
        readOnly: !now.current.mayType,
        onLink: setLink,
        onLeave: () => below.current?.focus(),
      });
      if (gone) return made.dispose();
      opened = made;
      setScreen(made);
    };
    void open();
    return () => {
      gone = true;
      opened?.dispose();
    };
  }, []);

  useEffect(() => {
    if (!screen) return;
    const onRefused = (message: string, text: string) =>
      setRefused((before) => ({ message, text: before.message === message ? before.text + text : text }));
    const typing = new InputQueue(viewer, sendInput(workbenchId), onRefused, setWaiting);
    typing.hold(!now.current.open);
    queue.current = typing;
    connectKeyboard(screen, typing, () => session.current!, {
      obstacle() {
        if (!now.current.mayType) return '';
        if (!now.current.open) return now.current.comes ? null : 'The terminal is closed.';
        const { viewer: typist, name } = session.current!.keyboard;
        return typist === null || name === userName ? null : `${name} has the keyboard.`;
      },
      onRefused,
    });
    silenceAnswers(
      screen.terminal,
      () => !now.current.open || session.current!.replaying || session.current!.keyboard.viewer !== viewer,
    );
    const fit = () => {
      const size = screen.fit.proposeDimensions();
      const { current } = session;
      if (!size || !current || !now.current.open || !now.current.mayType) return;
      if (current.keyboard.viewer !== null && current.keyboard.name !== userName) return;
      if (size.cols === screen.terminal.cols && size.rows === screen.terminal.rows) return;
      typing.push({ type: 'size', columns: size.cols, rows: size.rows });
    };
    const watcher = new ResizeObserver(fit);
    watcher.observe(element.current!);
    element.current!.addEventListener('lw-fit', fit);
    return () => {
      watcher.disconnect();
      typing.stop();
    };
  }, [screen, viewer, workbenchId, userName]);

  useEffect(() => {
    if (!screen) return;
    const own = element.current!;
    if (session.current) {
      screen.terminal.write(calm);
      setKeyboard(props.keyboard);
      setRefused(nothingRefused);
    }
    session.current = new TerminalSession(screen, workbenchId, viewer, past, props.keyboard, {
      onKeyboard: (next) => {
        setKeyboard(next);
        if (next.viewer === viewer) setRefused(nothingRefused);
        if (next.viewer === viewer) own.dispatchEvent(new Event('lw-fit'));
      },
      onCommand: (number) => now.current.onCommand(number),
      onSize: (columns, rows) => screen.terminal.resize(columns, rows),
    });
    const current = session.current;
    if (props.size) screen.terminal.resize(props.size.columns, props.size.rows);
    const stop = stream.follow(operationId, after, (events) => current.take(events));
    own.dispatchEvent(new Event('lw-fit'));
    screen.terminal.focus();
    return stop;
    // `after` and `past` are of the moment in which this terminal was first shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [screen, stream, operationId, workbenchId, viewer]);

  useEffect(() => queue.current?.hold(!open), [open, screen]);
  const came = useRef(false);
  useEffect(() => {
    if (comes) screen?.terminal.focus();
    else if (came.current && !open) queue.current?.giveUp('The terminal is closed.');
    came.current = comes;
  }, [comes, open, screen]);

  const others = keyboard.viewer !== null && keyboard.viewer !== viewer && keyboard.name !== userName;
  const lost = streamState === 'lost' || waiting;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div
        className={clsx(
          'overflow-x-auto rounded-md border bg-sunken p-2',
          open && mayType && !others ? 'border-frame focus-within:border-focus' : 'border-line',
        )}
      >
        <div
          ref={element}
          role="group"
          aria-label="Terminal"
          data-ready={screen ? true : undefined}
          className="h-[max(20rem,calc(100dvh-22rem))] min-w-72"
        />
      </div>
      <div
        ref={below}
        tabIndex={-1}
        aria-live="polite"
        className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted"
      >
        {lost ? (
          <span className="font-medium text-interrupted-ink">
            Connection lost. What is typed is kept and sent when it is back.
          </span>
        ) : null}
        {others && open ? (
          <>
            <span className="inline-flex items-center gap-1.5">
              <KeyboardIcon aria-hidden className="size-4" />
              {keyboard.name} has the keyboard.
            </span>
            {mayType ? (
              <Button size="small" onClick={() => queue.current?.push({ type: 'take' })}>
                Take over
              </Button>
            ) : null}
          </>
        ) : null}
        {comes && !open && mayType ? (
          <span>Not connected yet. What is typed is kept and sent then.</span>
        ) : null}
        {refused.message ? (
          <span className="min-w-0 break-words text-failed-ink">
            {others ? '' : `${refused.message} `}
            {readable(refused.text) ? (
              <>
                Not typed: <span className="font-mono">{readable(refused.text)}</span>
              </>
            ) : null}
          </span>
        ) : null}
        {open && !mayType ? <span>You watch: your role may not type here.</span> : null}
        {open && mayType && !others ? (
          <span className="text-faint pointer-coarse:hidden">
            Ctrl Shift ↓ leaves the terminal. Drop files on it to put them where the shell is.
          </span>
        ) : null}
      </div>
      <ConfirmDialog
        open={link !== null}
        onOpenChange={() => setLink(null)}
        title="Open this address?"
        confirmLabel="Open it"
        tone="primary"
        onConfirm={() => {
          window.open(link!, '_blank', 'noopener,noreferrer');
          return Promise.resolve();
        }}
      >
        <p className="font-mono break-all">{link}</p>
        <p className="text-muted">
          It comes from a program in the container, which can write anything as a link.
        </p>
      </ConfirmDialog>
    </div>
  );
}
