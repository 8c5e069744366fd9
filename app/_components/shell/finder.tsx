'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { usePulse } from '@/app/_hooks/stream-provider';
import type { PaletteEntry } from './commands';

const searchDelayMs = 120;

/** Results of the server's search. Navigation still works when the server is unreachable. */
async function find(query: string, signal: AbortSignal): Promise<PaletteEntry[]> {
  try {
    const response = await fetch(`/api/find?q=${encodeURIComponent(query)}`, { signal });
    return response.ok ? ((await response.json()) as PaletteEntry[]) : [];
  } catch {
    return [];
  }
}

function useFound(query: string): PaletteEntry[] {
  const [found, setFound] = useState<PaletteEntry[]>([]);
  useEffect(() => {
    const text = query.trim();
    if (!text) return;
    const stop = new AbortController();
    const look = async () => {
      const fresh = await find(text, stop.signal);
      if (!stop.signal.aborted) setFound(fresh);
    };
    const timer = setTimeout(() => void look(), searchDelayMs);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query]);
  return query.trim() ? found : [];
}

/** The matches: running operations, commands and results of the server. */
function useEntries(commands: PaletteEntry[], query: string): PaletteEntry[] {
  const { active } = usePulse();
  const found = useFound(query);
  const words = query.trim().toLowerCase().split(/\s+/);
  const running = active.map(({ title, href }): PaletteEntry => ({ kind: 'Running', label: title, href }));
  return [
    ...[...running, ...commands].filter(({ label }) =>
      words.every((word) => label.toLowerCase().includes(word)),
    ),
    ...found,
  ];
}

/** The input and the list of the palette: arrow keys select, Enter activates. */
export function Finder({
  commands,
  onChoose,
}: {
  commands: PaletteEntry[];
  onChoose: (entry: PaletteEntry) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);

  const entries = useEntries(commands, query);
  const current = Math.min(at, entries.length - 1);

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      setAt((current + step + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = entries[current];
      if (entry) onChoose(entry);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <input
        type="text"
        role="combobox"
        aria-label="Name of a page, project, build or image, or what to do"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Page, project, build, image; “build …”, “push …”"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="field-control"
      />
      <div id={id} role="listbox" aria-label="Found" className="-mx-2 h-80 max-h-[50dvh] overflow-y-auto">
        {entries.map((entry, index) => (
          // Keys are handled by the input, which names the active option; options have no focus of their own.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={`${entry.kind} ${entry.href ?? JSON.stringify(entry.act)}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => onChoose(entry)}
            onPointerMove={() => setAt(index)}
            className={clsx(
              'flex min-h-8.5 cursor-default items-center gap-3 rounded-md px-2 pointer-coarse:min-h-11',
              index === current && 'bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{entry.label}</span>
            <span className="text-xs text-muted">{entry.kind}</span>
          </div>
        ))}
        {entries.length === 0 ? <p className="px-2 py-1 text-muted">Nothing has this name.</p> : null}
      </div>
    </div>
  );
}
