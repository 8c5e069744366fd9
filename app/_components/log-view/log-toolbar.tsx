'use client';

import { ArrowDown, ArrowUp, Check, Copy, Download, WrapText, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { SearchField } from '@/app/_components/ui/search-field';
import { type CopyState, useCopy } from '@/app/_hooks/use-copy';
import { formatCount } from '@/lib/format/text';
import type { LogSearch } from './use-log-search';

const copyIcons: Record<CopyState, ReactNode> = { idle: <Copy />, copied: <Check />, failed: <X /> };
const copyWords: Record<CopyState, string> = {
  idle: 'Copy selection or all',
  copied: 'Copied',
  failed: 'Copy failed',
};

interface LogToolbarProps {
  total: number;
  search: LogSearch;
  searchField: RefObject<HTMLInputElement | null>;
  wrap: boolean;
  onWrapChange: (wrap: boolean) => void;
  /** Null if there is too much to copy. */
  text: (() => Promise<string>) | null;
  rawHref: string;
}

export function LogToolbar({
  total,
  search,
  searchField,
  wrap,
  onWrapChange,
  text,
  rawHref,
}: LogToolbarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      search.go(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && search.query) {
      event.preventDefault();
      search.setQuery('');
    }
  };
  return (
    <div
      role="toolbar"
      aria-label="Log"
      className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-line p-1.5"
    >
      <SearchField
        ref={searchField}
        plain
        label="Search the log"
        value={search.query}
        onValueChange={search.setQuery}
        onKeyDown={onKeyDown}
        className="w-full max-w-64 min-w-32 flex-1 text-sm"
      />
      <span role="status" className="px-1.5 text-sm text-muted tabular-nums">
        <SearchCount search={search} />
      </span>
      {search.query ? <MatchButtons search={search} /> : null}
      <span className="ml-auto px-1.5 text-sm whitespace-nowrap text-faint tabular-nums max-sm:hidden">
        {formatCount(total, 'line')}
      </span>
      <IconButton
        label="Wrap long lines"
        icon={<WrapText />}
        aria-pressed={wrap}
        onClick={() => onWrapChange(!wrap)}
        className="max-sm:ml-auto"
      />
      <CopyButton text={text} />
      <IconButton
        label="Download raw output"
        icon={<Download />}
        onClick={() => {
          // A plain link: the browser streams the file to disk.
          const link = document.createElement('a');
          link.href = rawHref;
          link.download = '';
          link.click();
        }}
      />
    </div>
  );
}

function SearchCount({ search }: { search: LogSearch }) {
  if (search.state === 'none') return null;
  if (search.state === 'searching') return 'Searching…';
  if (search.state === 'failed') return 'Search failed';
  if (search.found.total === 0) return 'Not found';
  const total = search.found.total.toLocaleString('en-US');
  const place = (search.at + 1).toLocaleString('en-US');
  return search.found.capped
    ? `${place} of the first ${search.found.lines.length.toLocaleString('en-US')} of ${total}`
    : `${place} of ${total}`;
}

function MatchButtons({ search }: { search: LogSearch }) {
  const disabled = search.found.lines.length === 0;
  return (
    <>
      <IconButton
        label="Previous match (Shift+Enter)"
        icon={<ArrowUp />}
        disabled={disabled}
        onClick={() => search.go(-1)}
      />
      <IconButton
        label="Next match (Enter)"
        icon={<ArrowDown />}
        disabled={disabled}
        onClick={() => search.go(1)}
      />
    </>
  );
}

/** Copies the selection, or all: `text` is null where that is too much. */
function CopyButton({ text }: Pick<LogToolbarProps, 'text'>) {
  const { state, copy } = useCopy();
  return (
    <>
      <IconButton
        label={text ? copyWords[state] : 'Too long to copy; download it instead'}
        icon={copyIcons[state]}
        disabled={!text}
        // A press would otherwise clear the selection.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (text) copy(text());
        }}
      />
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : copyWords[state]}
      </span>
    </>
  );
}
