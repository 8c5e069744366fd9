'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { readCommand } from '@/app/(dashboard)/workbenches/actions';
import { Badge } from '@/app/_components/ui/badge';
import { Duration } from '@/app/_components/ui/time';
import { answered } from '@/app/_hooks/answered';
import { plainText } from '@/lib/format/ansi';
import type { PathChange, RecordedCommand } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';
import { PathChanges } from './path-changes';

const exitWord = (code: number) => (code === 130 ? 'stopped by Ctrl-C' : `exit code ${code}`);

/** One command; expanded, it shows its directory, changes and output. */
export function CommandRow({ workbenchId, command }: { workbenchId: WorkbenchId; command: RecordedCommand }) {
  const [open, setOpen] = useState(false);
  const [more, setMore] = useState<{ changes: PathChange[]; output: string } | null>(null);
  const { number, text, exitCode, startedAt, endedAt, changeCount, environment, depth } = command;
  const changed = changeCount > 0 || environment.length > 0;

  const toggle = async () => {
    setOpen(!open);
    if (open) return;
    const result = await answered(readCommand)({ id: workbenchId, number });
    if (result.ok) setMore(result.data);
  };

  return (
    <li className="border-b border-line last:border-b-0" data-changed={changed || undefined}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => void toggle()}
        className="flex w-full items-start gap-1.5 py-1.5 text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={clsx('mt-0.5 size-4 shrink-0 text-faint transition-transform', open && 'rotate-90')}
        />
        <span className="min-w-0 flex-1">
          <span
            className={clsx(
              'block font-mono text-sm break-words whitespace-pre-wrap',
              changed ? 'text-ink' : 'text-muted',
              !open && 'line-clamp-3',
            )}
          >
            {depth > 0 ? <span className="text-faint">{'› '.repeat(depth)}</span> : null}
            {text}
          </span>
          <span className="flex flex-wrap items-center gap-x-3 text-xs text-faint">
            {exitCode === null ? (
              <span>{endedAt === null ? 'running' : 'ended'}</span>
            ) : exitCode === 0 ? null : (
              <Badge tone="danger">{exitWord(exitCode)}</Badge>
            )}
            <Duration from={startedAt} to={endedAt} />
            {changeCount ? <span>{changeCount === 1 ? '1 path' : `${changeCount} paths`}</span> : null}
            {environment.length ? <span>{environment.map(({ name }) => name).join(', ')}</span> : null}
            {changed || endedAt === null ? null : <span>changed nothing</span>}
          </span>
        </span>
      </button>
      {open ? (
        <div className="flex flex-col gap-2 pb-3 pl-5.5 text-sm">
          <p className="text-muted">
            in <span className="font-mono break-all text-ink">{command.directory || '?'}</span>
            {command.user ? ` as ${command.user}` : ''}
            {command.shell ? `, ${command.shell}` : ''}
          </p>
          {environment.length ? (
            <ul aria-label="Variables" className="font-mono text-xs break-all">
              {environment.map(({ name, value }) => (
                <li key={name}>{value === null ? `${name} was unset` : `${name}=${value}`}</li>
              ))}
            </ul>
          ) : null}
          <PathChanges changes={more?.changes ?? command.changes} total={changeCount} />
          {more?.output ? (
            <pre
              aria-label="Output"
              tabIndex={0}
              className="max-h-60 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs whitespace-pre-wrap"
            >
              {plainText(more.output).replaceAll('\r', '')}
            </pre>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
