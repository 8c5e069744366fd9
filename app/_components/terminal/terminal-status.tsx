import { Keyboard as KeyboardIcon } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import type { TerminalProps, TerminalState } from './terminal-controller';

/** What can be read of what was not typed. */
function readable(text: string): string {
  const shown = text
    .replaceAll('\r', '⏎')
    // eslint-disable-next-line no-control-regex -- terminals speak in them
    .replaceAll(/\u001b\[[\d;]*[A-Za-z~]|[\u0000-\u001f\u007f]/g, '');
  return shown.length > 120 ? `${shown.slice(0, 120)}…` : shown;
}

interface TerminalStatusProps extends Pick<TerminalProps, 'open' | 'comes' | 'mayType'> {
  state: TerminalState;
  connectionLost: boolean;
  onTakeOver: () => void;
}

/** Who types, and what became of what was typed. */
export function TerminalStatus(props: TerminalStatusProps) {
  const { state, connectionLost, onTakeOver, open, comes, mayType } = props;
  const { refused, takenByOther } = state;
  const notTyped = readable(refused.text);
  return (
    <>
      {connectionLost ? (
        <span className="font-medium text-interrupted-ink">
          Connection lost. What is typed is kept and sent when it is back.
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
      {comes && !open && mayType ? (
        <span>Not connected yet. What is typed is kept and sent then.</span>
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
      {open && !mayType ? <span>You watch: your role may not type here.</span> : null}
      {open && mayType && !takenByOther ? (
        <span className="text-faint pointer-coarse:hidden">
          Ctrl Shift ↓ leaves the terminal. Drop files on it to put them where the shell is.
        </span>
      ) : null}
    </>
  );
}
