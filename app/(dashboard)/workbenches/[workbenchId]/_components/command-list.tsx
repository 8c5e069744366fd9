'use client';

import { useState } from 'react';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { Notice } from '@/app/_components/ui/notice';
import type { RecordedCommand, WorkbenchSummary } from '@/lib/workbenches/schema';
import { CommandRow } from './command-row';

interface CommandListProps {
  workbench: Pick<WorkbenchSummary, 'id' | 'recording' | 'shell' | 'origin'>;
  commands: RecordedCommand[];
  changing: number;
}

export function CommandList({ workbench, commands, changing }: CommandListProps) {
  const [onlyChanging, setOnlyChanging] = useState(false);
  const shown = onlyChanging
    ? commands.filter(({ changeCount, environment }) => changeCount > 0 || environment.length > 0)
    : commands;
  return (
    <div className="flex flex-col gap-2 pt-3">
      {workbench.recording === 'none' ? (
        <Notice title="This program does not support recording">
          {workbench.origin === 'attach' ? 'It was not started here. ' : 'Only bash, ash, dash and sh do. '}
          Its changes are still listed under Changes and can be committed.
        </Notice>
      ) : null}
      {commands.length ? (
        <>
          <Checkbox
            label={`Only the ${changing} with changes`}
            checked={onlyChanging}
            onChange={(event) => setOnlyChanging(event.target.checked)}
          />
          <ol
            aria-label="Commands"
            className="flex max-h-[max(18rem,calc(100dvh-24rem))] flex-col overflow-y-auto"
          >
            {shown.map((command) => (
              <CommandRow key={command.number} workbenchId={workbench.id} command={command} />
            ))}
          </ol>
        </>
      ) : workbench.recording === 'none' ? null : (
        <p className="text-muted">Commands that you type appear here, with the paths they changed.</p>
      )}
    </div>
  );
}
