'use client';

import '@xterm/xterm/css/xterm.css';
import { clsx } from 'clsx';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { useStream, useStreamState } from '@/app/_hooks/stream-provider';
import { TerminalController, type TerminalProps } from './terminal-controller';
import { TerminalStatus } from './terminal-status';

/** The terminal of one workbench; another workbench needs another `key`. */
export function TerminalView(props: TerminalProps) {
  const { open, comes, mayType, paused } = props;
  const stream = useStream();
  const streamState = useStreamState();
  const element = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const [controller] = useState(() => new TerminalController(stream, props));
  const currentState = () => controller.state;
  const state = useSyncExternalStore(controller.subscribe, currentState, currentState);
  useEffect(() => controller.mount(element.current!, () => below.current?.focus()), [controller]);
  useEffect(() => controller.update(props));

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div
        className={clsx(
          'overflow-x-auto rounded-md border bg-sunken p-2',
          open && mayType && !paused && !state.takenByOther
            ? 'border-frame focus-within:border-focus'
            : 'border-line',
        )}
      >
        <div
          ref={element}
          role="group"
          aria-label="Terminal"
          data-ready={state.ready || undefined}
          className="h-[max(20rem,calc(100dvh-22rem))] min-w-72"
        />
      </div>
      <div
        ref={below}
        tabIndex={-1}
        aria-live="polite"
        className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted"
      >
        <TerminalStatus
          state={state}
          connectionLost={streamState === 'lost' || state.waiting}
          onTakeOver={() => controller.takeOver()}
          open={open}
          comes={comes}
          mayType={mayType}
          paused={paused}
        />
      </div>
      <ConfirmDialog
        open={state.link !== null}
        onOpenChange={() => controller.dismissLink()}
        title="Open this address?"
        confirmLabel="Open it"
        tone="primary"
        onConfirm={() => {
          window.open(state.link!, '_blank', 'noopener,noreferrer');
          return Promise.resolve();
        }}
      >
        <p className="font-mono break-all">{state.link}</p>
        <p className="text-muted">
          A program in the container printed this link. Open it only if you trust it.
        </p>
      </ConfirmDialog>
    </div>
  );
}
