'use client';

import { clsx } from 'clsx';
import type { ShownCommand } from '@/lib/recipes/recording';
import { dropReasons } from '@/lib/recipes/choices';
import type { Recipe } from '@/lib/recipes/schema';
import { formatCount } from '@/lib/format/text';

interface RecordingListProps {
  commands: ShownCommand[];
  dropped: Recipe['dropped'];
  lineOf: (command: number) => number;
  active: number | null;
  onShow: (command: number) => void;
}

/** The recorded commands, each with its line in the Dockerfile or the reason why it has none. */
export function RecordingList({ commands, dropped, lineOf, active, onShow }: RecordingListProps) {
  if (commands.length === 0)
    return (
      <p className="py-2 text-muted">
        Nothing was recorded in this container. The Dockerfile copies the changed files from the image.
      </p>
    );
  const reasons = new Map(dropped.map((one) => [one.command, one]));
  return (
    <ol className="divide-y divide-line">
      {commands.map(({ number, text, directory, user, exitCode, changeCount }) => {
        const drop = reasons.get(number);
        const line = lineOf(number);
        return (
          <li
            key={number}
            id={`command-${number}`}
            className={clsx(
              'flex scroll-mt-16 items-start gap-3 px-2 py-1.5 target:bg-hover',
              active === number && 'bg-hover',
            )}
          >
            <span className="w-6 shrink-0 pt-0.5 text-right text-xs text-faint tabular-nums">{number}</span>
            <div className="min-w-0 flex-1">
              <pre
                className={clsx(
                  'font-mono text-sm break-all whitespace-pre-wrap',
                  drop && !line && 'text-muted',
                )}
              >
                {text}
              </pre>
              <p className="flex flex-wrap gap-x-3 text-xs text-muted">
                <span className="font-mono">{directory}</span>
                {user && user !== 'root' ? <span>as {user}</span> : null}
                {exitCode ? <span>exit code {exitCode}</span> : null}
                {changeCount > 0 ? <span>{formatCount(changeCount, 'path')}</span> : null}
                {drop?.note ? <span>{drop.note}</span> : null}
              </p>
            </div>
            <span className="shrink-0 pt-0.5 text-right text-xs">
              {line > 0 ? (
                <button type="button" className="link" onClick={() => onShow(number)}>
                  line {line}
                </button>
              ) : (
                <span className="text-muted">{drop ? dropReasons[drop.reason] : 'removed'}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
