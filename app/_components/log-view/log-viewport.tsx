'use client';

import { clsx } from 'clsx';
import { ArrowDownToLine } from 'lucide-react';
import { type CSSProperties, type RefObject, useImperativeHandle } from 'react';
import { Button } from '@/app/_components/ui/button';
import { LogRow } from './log-row';
import type { LogSource } from './log-source';
import { useLogWindow } from './use-log-window';

// A log opened at its end is lower, so that its end is visible below the page header.
const heights = { start: 'min(36rem, 70dvh)', end: 'min(24rem, 36dvh)' };

export interface LogViewportHandle {
  show(line: number): void;
  firstVisible(): number;
  element: HTMLElement | null;
}

interface LogViewportProps {
  source: LogSource;
  version: number;
  live: boolean;
  label: string;
  firstNumber: number;
  wrap: boolean;
  query: string;
  current: number | undefined;
  height: number | 'fill' | undefined;
  from: 'start' | 'end';
  handle: RefObject<LogViewportHandle | null>;
}

/** The lines; only visible ones are in the document. */
export function LogViewport(props: LogViewportProps) {
  const { source, live, wrap, firstNumber, height } = props;
  const { scroller, handlers, following, virtualizer, rows, base, count, show, jumpToEnd } = useLogWindow({
    ...props,
    startsAtEnd: props.from === 'end',
  });
  const { total } = source;
  useImperativeHandle(props.handle, () => ({
    show,
    firstVisible: () => base + (virtualizer.range?.startIndex ?? 0),
    element: scroller.current,
  }));

  return (
    <div className={clsx('relative', height === 'fill' && 'min-h-0 flex-1')}>
      {base > 0 ? (
        <Edge label={`${base.toLocaleString('en-US')} earlier lines`} onClick={() => show(base - 1)} />
      ) : null}
      <div
        ref={scroller}
        role={live ? 'log' : 'region'}
        aria-live="off"
        aria-label={props.label}
        // A scroll area must be focusable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        {...handlers}
        className={clsx(
          'overflow-auto overscroll-y-auto py-1.5 font-mono text-xs leading-[18px] -outline-offset-2 [overflow-anchor:none]',
          height === 'fill' && 'h-full',
        )}
        style={{
          ...gutter(firstNumber + total),
          ...(height === 'fill' ? {} : { maxHeight: height ?? heights[props.from] }),
        }}
      >
        <div className="relative min-w-full" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map((row) => {
            const line = base + row.index;
            return (
              <LogRow
                key={row.key}
                ref={wrap ? virtualizer.measureElement : undefined}
                index={row.index}
                start={row.start}
                number={firstNumber + line}
                line={source.line(line)}
                wrap={wrap}
                query={props.query}
                current={line === props.current}
              />
            );
          })}
        </div>
      </div>
      {base + count < total ? (
        <Edge
          label={`${(total - base - count).toLocaleString('en-US')} later lines`}
          onClick={() => show(base + count)}
        />
      ) : null}
      {live && !following ? (
        <Button
          size="small"
          icon={<ArrowDownToLine aria-hidden />}
          onClick={jumpToEnd}
          className="absolute right-4 bottom-3 shadow-raised"
        >
          Jump to end
        </Button>
      ) : null}
    </div>
  );
}

const gutter = (largest: number): CSSProperties =>
  ({ '--gutter': `${String(largest).length + 3}ch` }) as CSSProperties;

function Edge({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="hatch block w-full px-3 py-1 text-left text-xs text-muted -outline-offset-2 hover:text-ink"
    >
      {label}
    </button>
  );
}
