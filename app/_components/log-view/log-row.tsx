import { clsx } from 'clsx';
import { memo, type Ref } from 'react';
import type { LogLine } from '@/lib/events/lines';
import { formatCount } from '@/lib/format/text';
import { AnsiText } from './ansi-text';

const placeholderWidths = ['w-48', 'w-72', 'w-32', 'w-60'];

interface LogRowProps {
  line: LogLine | undefined;
  /** Line number as shown, from 1. */
  number: number;
  /** Index in the list, for the virtualizer. */
  index: number;
  /** Pixels from the top. */
  start: number;
  wrap: boolean;
  query: string;
  current: boolean;
  ref?: Ref<HTMLDivElement>;
}

/** Line number, standard error mark and text; only the text is selectable. */
export const LogRow = memo(function LogRow({
  line,
  number,
  index,
  start,
  wrap,
  query,
  current,
  ref,
}: LogRowProps) {
  return (
    <div
      ref={ref}
      data-index={index}
      dir="ltr"
      className={clsx(
        'absolute top-0 left-0 flex min-h-[18px] min-w-full overflow-hidden',
        wrap ? 'w-full' : 'w-max',
        current && 'bg-match/25',
      )}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span
        aria-hidden
        className="sticky left-0 w-(--gutter) shrink-0 bg-sunken pr-3 text-right text-faint select-none"
      >
        {number}
      </span>
      <span
        aria-hidden
        title={line?.stream === 'stderr' ? 'Standard error' : undefined}
        className={clsx('mr-2 w-0.5 shrink-0 select-none', line?.stream === 'stderr' && 'bg-interrupted')}
      />
      {line ? (
        <span
          className={clsx(
            'min-w-0 flex-1 pr-3 [tab-size:8] [unicode-bidi:isolate]',
            wrap ? '[overflow-wrap:anywhere] whitespace-pre-wrap' : 'whitespace-pre',
          )}
        >
          {line.stream === 'stderr' ? <span className="sr-only select-none">Standard error: </span> : null}
          <AnsiText text={line.text} query={query} current={current} />
          {line.omitted ? (
            <span className="text-faint select-none">
              {' '}
              … {formatCount(line.omitted, 'more character')}; the download has them
            </span>
          ) : null}
        </span>
      ) : (
        <span className="flex items-center" role="img" aria-label="Loading">
          <span className={clsx('h-2 rounded-sm bg-waiting-soft', placeholderWidths[number % 4])} />
        </span>
      )}
    </div>
  );
});
