'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { plainText } from '@/lib/format/ansi';
import { LogTail } from './log-tail';
import { LogToolbar } from './log-toolbar';
import type { LogSource } from './log-source';
import { LogViewport, type LogViewportHandle } from './log-viewport';
import { useLogSearch } from './use-log-search';

// About 10 MB of text; more is for a download.
const maxCopiedLines = 100_000;

interface LogViewProps {
  source: LogSource;
  /** Changes whenever the source has changed. */
  version: number;
  /** More may come, and the end is followed. */
  live: boolean;
  /** URL of the exact bytes. */
  rawHref: string;
  /** Text to copy without a selection; default: the response of `rawHref`. */
  text?: () => string;
  /** Name of the output, for screen readers. */
  label?: string;
  /** Number of the first line. */
  firstNumber?: number;
  /** Initial position of an ended log: the end, if it failed there. */
  from?: 'start' | 'end';
  /** Maximum height in pixels; `fill` takes the height of a flex parent. */
  height?: number | 'fill';
  /** The engine omitted a part. */
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
    // The browser's search sees only the rendered lines.
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
    // Not interactive itself: it handles keys pressed inside.
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
        text={total <= maxCopiedLines ? text : null}
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
