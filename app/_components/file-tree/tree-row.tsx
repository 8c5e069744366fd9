import { clsx } from 'clsx';
import { ChevronRight, File, FileSymlink, Folder, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { type ChangeHow, ChangeSign } from './change-sign';
import { treeStop } from './move-by-key';

/** The content of a row. */
export interface RowContent {
  path: string;
  name: string;
  /** When it changes, the entries below are read again. */
  version?: string;
  type: 'file' | 'directory' | 'symlink';
  /** Icon of the entry. */
  withIcon?: boolean;
  /** Accessible name of the button that opens the folder. */
  toggleLabel: string;
  href?: string;
  tick?: { label: string; checked: boolean; disabled: boolean; onChange: () => void };
  /** The change of the path; null renders an empty placeholder. */
  change?: ChangeHow | null;
  look?: 'plain' | 'faint' | 'struck';
  /** Shown after the name on wide screens. */
  note?: ReactNode;
  /** Text for screen readers. */
  hiddenNote?: string;
  warning?: string | null;
  /** Shown before the size on wide screens. */
  marks?: string;
  /** Shares of the whole, 0 to 1: the main part, and an additional one. */
  bar?: { counted: number; uncounted: number };
  size?: ReactNode;
  action?: ReactNode;
}

const icons = { file: File, directory: Folder, symlink: FileSymlink };
const looks = { plain: '', faint: 'text-faint', struck: 'text-faint line-through' };

function Name({ type, name, path, href, look = 'plain' }: RowContent) {
  const text = type === 'directory' ? `${name}/` : name;
  if (!href) return <span className={clsx('min-w-0 font-mono text-sm break-all', looks[look])}>{text}</span>;
  return (
    <Link
      href={href}
      title={path}
      {...(type === 'directory' ? {} : treeStop)}
      className={clsx(
        'max-w-full min-w-[3ch] truncate font-mono text-sm leading-6 hover:underline pointer-coarse:leading-8',
        looks[look],
      )}
    >
      {text}
    </Link>
  );
}

function Toggle({ label, isOpen, onToggle }: { label: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={label}
      onClick={onToggle}
      {...treeStop}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:text-ink pointer-coarse:size-10"
    >
      <ChevronRight aria-hidden className={clsx('size-4 transition-transform', isOpen && 'rotate-90')} />
    </button>
  );
}

function Bar({ counted, uncounted }: NonNullable<RowContent['bar']>) {
  return (
    <svg aria-hidden className="h-1.5 w-20 shrink-0 max-sm:hidden">
      <rect width={`${100 * (counted + uncounted)}%`} height="100%" className="fill-waiting-soft" />
      <rect width={`${100 * counted}%`} height="100%" className="fill-kind-copy" />
    </svg>
  );
}

function Warning({ text }: { text: string }) {
  return (
    <span className="shrink-0 text-interrupted-ink" title={text}>
      <TriangleAlert aria-hidden className="size-3.5" />
      <span className="sr-only">{text}</span>
    </span>
  );
}

export function TreeRow({
  isOpen,
  onToggle,
  ...content
}: RowContent & { isOpen: boolean; onToggle: () => void }) {
  const { type, tick, change, look = 'plain', note, hiddenNote, warning, marks, bar, size, action } = content;
  const isFolder = type === 'directory';
  const Icon = icons[type];
  return (
    <div className="flex items-center gap-2 py-0.5 hover:bg-hover">
      {isFolder ? (
        <Toggle label={content.toggleLabel} isOpen={isOpen} onToggle={onToggle} />
      ) : (
        <span className="w-6 shrink-0 pointer-coarse:w-10" />
      )}
      {tick ? <Checkbox labelHidden {...tick} {...(isFolder ? {} : treeStop)} /> : null}
      {change === undefined ? null : <ChangeSign how={change} />}
      <span className="flex min-w-0 flex-1 items-center gap-1.5">
        {content.withIcon ? <Icon aria-hidden className="size-3.5 shrink-0 text-faint" /> : null}
        <Name {...content} />
        {note ? <span className="shrink-0 text-xs text-muted max-sm:hidden">{note}</span> : null}
        {hiddenNote ? <span className="sr-only">{hiddenNote}</span> : null}
        {warning ? <Warning text={warning} /> : null}
      </span>
      {marks ? <span className="shrink-0 text-xs text-muted max-sm:hidden">{marks}</span> : null}
      {bar ? <Bar {...bar} /> : null}
      {size === undefined ? null : (
        <span
          className={clsx(
            'min-w-18 shrink-0 text-right text-sm tabular-nums max-sm:max-w-32',
            look === 'faint' ? 'text-faint' : 'text-muted',
          )}
        >
          {size}
        </span>
      )}
      {action === undefined ? null : <span className="flex shrink-0 justify-end sm:w-18">{action}</span>}
    </div>
  );
}
