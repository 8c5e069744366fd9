import { Keyboard as KeyboardIcon } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { Waited, Waiting } from '@/app/_components/ui/waiting';
import type { TerminalProps, TerminalState } from './terminal-controller';

/** The printable part of rejected input. */
function readable(text: string): string {
  const shown = text
    .replaceAll('\r', '⏎')
    // eslint-disable-next-line no-control-regex -- terminal control sequences
    .replaceAll(/\u001b\[[\d;]*[A-Za-z~]|[\u0000-\u001f\u007f]/g, '');
  return shown.length > 120 ? `${shown.slice(0, 120)}…` : shown;
}

interface TerminalStatusProps extends Pick<TerminalProps, 'open' | 'comes' | 'mayType' | 'paused'> {
  state: TerminalState;
  connectionLost: boolean;
  onTakeOver: () => void;
}

/** Keyboard owner, connection state and rejected input. */
export function TerminalStatus(props: TerminalStatusProps) {
  const { state, connectionLost, onTakeOver, open, comes, mayType, paused } = props;
  const { refused, takenByOther } = state;
  const notTyped = readable(refused.text);
  return (
    <>
      {connectionLost ? (
        <span className="font-medium text-interrupted-ink">
          Connection lost. Input is kept and sent when the connection is back. <Waited />
        </span>
      ) : null}
      {takenByOther && open ? (
        <>
          <span className="inline-flex items-center gap-1.5">
            <KeyboardIcon aria-hidden className="size-4" />
            {state.keyboard.name} has the keyboard.
          </span>
          {mayType ? (
            <Button size="small" onClick={onTakeOver}>
              Take over
            </Button>
          ) : null}
        </>
      ) : null}
      {comes && !open ? (
        <Waiting>Connecting…{mayType ? ' Input is kept and sent when connected.' : null}</Waiting>
      ) : null}
      {refused.message ? (
        <span className="min-w-0 break-words text-failed-ink">
          {takenByOther ? '' : `${refused.message} `}
          {notTyped ? (
            <>
              Not typed: <span className="font-mono">{notTyped}</span>
            </>
          ) : null}
        </span>
      ) : null}
      {open && !mayType ? <span>Read-only: your role may not type here.</span> : null}
      {open && paused ? (
        <span className="font-medium text-interrupted-ink">Paused: input is not accepted.</span>
      ) : null}
      {open && mayType && !takenByOther && !paused ? (
        <span className="text-faint pointer-coarse:hidden">
          Release focus: Ctrl Shift ↓. Drop files to copy them to the shell’s directory.
        </span>
      ) : null}
    </>
  );
}
