import { clsx } from 'clsx';
import { memo } from 'react';
import { type AnsiColour, type AnsiStyle, parseAnsi } from '@/lib/format/ansi';
import { highlight, type Segment } from './highlight';

// Complete class names: Tailwind scans the source for them.
// prettier-ignore
const colours = [
  'text-ansi-0', 'text-ansi-1', 'text-ansi-2', 'text-ansi-3', 'text-ansi-4', 'text-ansi-5', 'text-ansi-6', 'text-ansi-7',
  'text-ansi-8', 'text-ansi-9', 'text-ansi-10', 'text-ansi-11', 'text-ansi-12', 'text-ansi-13', 'text-ansi-14', 'text-ansi-15',
];
// prettier-ignore
const grounds = [
  'bg-ansi-0/20', 'bg-ansi-1/20', 'bg-ansi-2/20', 'bg-ansi-3/20', 'bg-ansi-4/20', 'bg-ansi-5/20', 'bg-ansi-6/20', 'bg-ansi-7/20',
  'bg-ansi-8/20', 'bg-ansi-9/20', 'bg-ansi-10/20', 'bg-ansi-11/20', 'bg-ansi-12/20', 'bg-ansi-13/20', 'bg-ansi-14/20', 'bg-ansi-15/20',
];

const named = (table: string[], colour: AnsiColour | undefined) =>
  typeof colour === 'number' ? table[colour] : undefined;
const own = (colour: AnsiColour | undefined) => (typeof colour === 'string' ? colour : undefined);

function look(style: AnsiStyle | undefined): { className?: string; style?: Record<string, string> } {
  if (!style) return {};
  const ownColour = own(style.colour);
  const ownGround = own(style.ground);
  return {
    className: clsx(
      named(colours, style.colour),
      named(grounds, style.ground),
      ownColour && 'ansi-colour',
      ownGround && 'ansi-ground',
      // Swapped colors could be unreadable: inverse text gets another background instead.
      style.inverse && 'bg-waiting-soft rounded-sm',
      style.bold && 'font-bold',
      style.dim && style.colour === undefined && 'text-muted',
      style.italic && 'italic',
      style.underline && 'underline',
      style.strike && 'line-through',
    ),
    style:
      ownColour || ownGround
        ? { ...(ownColour && { '--ansi': ownColour }), ...(ownGround && { '--ansi-ground': ownGround }) }
        : undefined,
  };
}

function Part({ segment, current }: { segment: Segment; current: boolean }) {
  const { className, style } = look(segment.style);
  const content = segment.sign ? (
    <span title="Invisible character" className="rounded-sm border border-line px-0.5 text-faint">
      {segment.text}
    </span>
  ) : (
    segment.text
  );
  if (segment.match) {
    return (
      <mark className={clsx('rounded-sm text-ink', current ? 'bg-match-now' : 'bg-match')}>{content}</mark>
    );
  }
  if (!className && !segment.sign) return content;
  return (
    <span className={className} style={style}>
      {content}
    </span>
  );
}

/** One line of terminal output with colors; matches of `query` are marked. */
export const AnsiText = memo(function AnsiText({
  text,
  query = '',
  current = false,
}: {
  text: string;
  query?: string;
  current?: boolean;
}) {
  return highlight(parseAnsi(text), query).map((segment, index) => (
    // Pieces of a line have no key but their index.
    // oxlint-disable-next-line react/no-array-index-key
    <Part key={index} segment={segment} current={current} />
  ));
});
