import { clsx } from 'clsx';
import { diffLines } from '@/lib/builds/diff-lines';

const looks = {
  same: { sign: ' ', ground: '', word: '' },
  removed: { sign: '−', ground: 'bg-failed-soft', word: 'removed: ' },
  added: { sign: '+', ground: 'bg-succeeded-soft', word: 'added: ' },
  gap: { sign: ' ', ground: 'bg-canvas text-faint', word: '' },
} as const;

/** A longer difference is not worth showing by lines. */
const most = 2000;

/** A line diff with context. */
export function TextDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = diffLines(before, after);
  const shown = lines.slice(0, most);
  return (
    <ol
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by the keyboard too
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-sm"
    >
      {shown.map((line, index) => (
        // Lines can repeat: their index is their only key.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={clsx('flex min-w-max px-2 leading-6', looks[line.how].ground)}>
          <span aria-hidden className="w-5 shrink-0 select-none">
            {looks[line.how].sign}
          </span>
          <span className="sr-only">{looks[line.how].word}</span>
          <span className="whitespace-pre">{line.text || ' '}</span>
        </li>
      ))}
      {lines.length > most ? (
        <li className="px-2 leading-6 text-muted">{lines.length - most} more lines differ.</li>
      ) : null}
    </ol>
  );
}
