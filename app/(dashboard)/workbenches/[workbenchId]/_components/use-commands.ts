'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { readCommands } from '@/app/(dashboard)/workbenches/actions';
import { answered } from '@/app/_hooks/answered';
import type { RecordedCommand } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';

/** A command causes several events: start, end, variables, changes. */
const debounceMs = 150;

/** The recorded commands; read again after each event of the terminal. */
export function useCommands(workbenchId: WorkbenchId, initial: RecordedCommand[]) {
  const [commands, setCommands] = useState(initial);
  const lowest = useRef(Infinity);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const known = useRef(new Map(initial.map((command) => [command.number, command])));

  const read = useCallback(async () => {
    timer.current = undefined;
    const after = lowest.current - 1;
    lowest.current = Infinity;
    const result = await answered(readCommands)({ id: workbenchId, after });
    if (!result.ok) return;
    setCommands((all) => {
      const next = [...all.filter((command) => command.number <= after), ...result.data];
      known.current = new Map(next.map((command) => [command.number, command]));
      return next;
    });
  }, [workbenchId]);

  const note = useCallback(
    (number: number) => {
      // Events that are replayed from the recording are known already.
      const before = known.current.get(number);
      if (before?.endedAt && Date.now() - before.endedAt > 60_000) return;
      lowest.current = Math.min(lowest.current, number);
      if (timer.current === undefined) timer.current = setTimeout(() => void read(), debounceMs);
    },
    [read],
  );

  useEffect(() => () => clearTimeout(timer.current), []);
  return { commands, note };
}
