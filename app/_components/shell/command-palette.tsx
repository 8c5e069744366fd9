'use client';

import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { Dialog } from '@/app/_components/ui/dialog';
import { KeyHint } from '@/app/_components/ui/key-hint';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { apartDestinations, mainDestinations } from './navigation';

export interface PaletteEntry {
  /** `Project`, `Build`, `Image`. */
  kind: string;
  label: string;
  href: string;
}

const places: PaletteEntry[] = [...mainDestinations, ...apartDestinations].map(({ label, href }) => ({
  kind: 'Page',
  label,
  href,
}));

const typingPause = 120;

/** What the server knows by that name. The pages can still be reached when it cannot be asked: the rest is not offered. */
async function find(query: string, signal: AbortSignal): Promise<PaletteEntry[]> {
  try {
    const response = await fetch(`/api/find?q=${encodeURIComponent(query)}`, { signal });
    return response.ok ? ((await response.json()) as PaletteEntry[]) : [];
  } catch {
    return [];
  }
}

/** Goes anywhere by typing a part of its name: ⌘K, or Ctrl K. */
export function CommandPalette() {
  const [open, setOpen] = useState(false);
  useHotkey('mod+k', () => setOpen(true));
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="flex h-8.5 items-center gap-2.5 rounded-md text-muted hover:bg-hover hover:text-ink max-md:size-10 max-md:justify-center md:mr-2 md:mb-2 md:pr-1.5 md:pl-2.5 pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-5 shrink-0 md:size-4" strokeWidth={1.75} />
        <span className="max-md:sr-only">Go to…</span>
        <span className="ml-auto max-md:hidden">
          <KeyHint keys={['Ctrl', 'K']} />
        </span>
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Go to">
        <Finder onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const id = useId();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<PaletteEntry[]>([]);
  const [at, setAt] = useState(0);

  useEffect(() => {
    const text = query.trim();
    if (!text) return;
    const stop = new AbortController();
    const look = async () => {
      const fresh = await find(text, stop.signal);
      if (!stop.signal.aborted) setFound(fresh);
    };
    const timer = setTimeout(() => void look(), typingPause);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query]);

  const text = query.trim().toLowerCase();
  const entries = [
    ...places.filter((entry) => entry.label.toLowerCase().includes(text)),
    ...(text ? found : []),
  ];
  const current = Math.min(at, entries.length - 1);
  const go = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onDone();
    router.push(entry.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      setAt((current + step + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(entries[current]);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <input
        type="text"
        role="combobox"
        aria-label="Name of a page, project, build or image"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Page, project, build or image"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="field-control"
      />
      <div id={id} role="listbox" aria-label="Found" className="-mx-2 min-h-64">
        {entries.map((entry, index) => (
          // The keys go to the field, which names the current one: options have no focus of their own.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={entry.href}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => go(entry)}
            onPointerMove={() => setAt(index)}
            className={clsx(
              'flex min-h-8.5 cursor-default items-center gap-3 rounded-md px-2 pointer-coarse:min-h-11',
              index === current && 'bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{entry.label}</span>
            <span className="text-xs text-faint">{entry.kind}</span>
          </div>
        ))}
        {entries.length === 0 ? <p className="px-2 py-1 text-muted">Nothing has this name.</p> : null}
      </div>
    </div>
  );
}
