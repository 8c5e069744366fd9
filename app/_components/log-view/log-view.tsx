'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { plainText } from '@/lib/format/ansi';
import { LogTail } from './log-tail';
import { LogToolbar } from './log-toolbar';
import type { LogSource } from './log-source';
import { LogViewport, type LogViewportHandle } from './log-viewport';
import { useLogSearch } from './use-log-search';

// Some 10 MB of text: more is for a file, not for a clipboard.
const maxCopied = 100_000;

export interface LogViewProps {
  source: LogSource;
  /** Changes whenever the source has changed. */
  version: number;
  /** More may come: the end is followed. */
  live: boolean;
  /** Where the exact bytes are downloaded. */
  rawHref: string;
  /** What the copy button takes where nothing is selected; else what `rawHref` answers. */
  text?: () => string;
  /** What this is the output of, for screen readers. */
  label?: string;
  /** Number shown at the first line. */
  firstNumber?: number;
  /** Where one that is not live is opened: at its end, for what failed there. */
  from?: 'start' | 'end';
  /** Greatest height in pixels; `fill` takes the height of a flex parent. */
  height?: number | 'fill';
  /** The engine left out part of it. */
  clipped?: boolean;
  className?: string;
}

/** The output of a step, live and in history. */
export function LogView(props: LogViewProps) {
  const { source, version, live, rawHref, label = 'Output', firstNumber = 1, height, clipped } = props;
  const [wrap, setWrap] = useState(true);
  const viewport = useRef<LogViewportHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const show = useCallback((line: number) => viewport.current?.show(line), []);
  const firstVisible = useCallback(() => viewport.current?.firstVisible() ?? 0, []);
  const search = useLogSearch(source, live, firstVisible, show);
  const { total } = source;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    // The browser's own search would see only the lines in sight.
    event.preventDefault();
    searchField.current?.focus();
    searchField.current?.select();
  };

  const text = async () => {
    const selection = getSelection();
    const within = viewport.current?.element;
    if (selection && !selection.isCollapsed && within?.contains(selection.anchorNode))
      return selection.toString();
    if (props.text) return props.text();
    const response = await fetch(rawHref);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.text()).split('\n').map(plainText).join('\n');
  };

  return (
    // Not something to press: it only listens for the keys pressed inside of it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onKeyDown={onKeyDown}
      className={clsx(
        'flex min-w-0 flex-col overflow-hidden rounded-md border border-line bg-sunken',
        height === 'fill' && 'min-h-0 flex-1',
        props.className,
      )}
    >
      <LogToolbar
        total={total}
        search={search}
        searchField={searchField}
        wrap={wrap}
        onWrapChange={setWrap}
        text={total <= maxCopied ? text : null}
        rawHref={rawHref}
      />
      {clipped ? (
        <p className="border-b border-line px-3 py-1.5 text-sm">
          <span className="font-semibold text-interrupted-ink">Clipped.</span> The engine left out part of
          this output.
        </p>
      ) : null}
      {total === 0 ? (
        <p className="px-3 py-2 text-sm text-muted">{live ? 'No output yet.' : 'No output.'}</p>
      ) : (
        <LogViewport
          source={source}
          version={version}
          live={live}
          label={label}
          firstNumber={firstNumber}
          wrap={wrap}
          query={search.query}
          current={search.current}
          height={height}
          from={props.from ?? 'start'}
          handle={viewport}
        />
      )}
      {live ? <LogTail source={source} /> : null}
    </div>
  );
}
