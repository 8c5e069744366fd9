'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState, useTransition } from 'react';
import { openReview } from '@/app/(dashboard)/commits/actions';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { Spinner } from '@/app/_components/ui/spinner';
import { reviewRules } from '@/lib/commits/rules';
import type { ReviewNode } from '@/lib/commits/schema';
import { formatCount } from '@/lib/format/text';
import type { CommitFormState } from './use-commit-form';

interface TreeProps {
  container: string;
  state: CommitFormState;
  mayLeaveOut: boolean;
}

/** The changed paths, directory by directory; what is below one is asked for when it is opened. */
export function ReviewTree({ roots, ...tree }: TreeProps & { roots: ReviewNode[] }) {
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3 border-b border-line pb-1 text-xs text-faint">
        <span>All changes; a tick leaves a path out, with all below it</span>
        <span>Size</span>
      </div>
      <Nodes nodes={roots} more={0} label="Changed paths" out={false} {...tree} />
    </div>
  );
}

function Nodes({
  nodes,
  more,
  label,
  out,
  ...tree
}: TreeProps & { nodes: ReviewNode[]; more: number; label: string; out: boolean }) {
  return (
    <ul aria-label={label}>
      {nodes.map((node) => (
        <Node key={node.path} node={node} out={out} {...tree} />
      ))}
      {more > 0 ? (
        <li className="py-1 pl-12 text-sm text-muted">
          And {formatCount(more, 'more')}; they go with their directory.
        </li>
      ) : null}
    </ul>
  );
}

const signs = {
  added: { sign: '+', word: 'added' },
  changed: { sign: '~', word: 'changed' },
  removed: { sign: '−', word: 'removed' },
} as const;

const isNamed = (path: string, rules: ReadonlySet<string>) =>
  reviewRules.some((rule) => rules.has(rule.id) && rule.path?.test(path));

function Node({ node, out, ...tree }: TreeProps & { node: ReviewNode; out: boolean }) {
  const { container, state, mayLeaveOut } = tree;
  const [open, setOpen] = useState(false);
  const [below, setBelow] = useState<{ nodes: ReviewNode[]; more: number } | null>(null);
  const [problem, setProblem] = useState('');
  const [pending, startTransition] = useTransition();
  const inherited = out || isNamed(node.path, state.left.rules);
  const left = inherited || state.left.paths.has(node.path);
  const look = node.kind ? signs[node.kind] : null;

  const toggle = () => {
    setOpen(!open);
    if (below || open) return;
    startTransition(async () => {
      const result = await openReview({ container, path: node.path });
      if (result.ok) setBelow(result.data);
      else setProblem([result.message, result.hint].filter(Boolean).join(' '));
    });
  };

  return (
    <li>
      <div className="flex items-center gap-2 border-b border-line py-1 hover:bg-hover">
        {node.isDirectory ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${node.path}, ${formatCount(node.count, 'changed path')}`}
            onClick={toggle}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:text-ink pointer-coarse:size-10"
          >
            <ChevronRight aria-hidden className={clsx('size-4 transition-transform', open && 'rotate-90')} />
          </button>
        ) : (
          <span className="w-6 shrink-0 pointer-coarse:w-10" />
        )}
        <Checkbox
          label={`Leave out ${node.path}`}
          labelHidden
          checked={left}
          disabled={!mayLeaveOut || inherited}
          onChange={() => state.togglePath(node.path)}
        />
        <span aria-hidden className="w-3 shrink-0 text-center font-mono text-muted">
          {look?.sign}
        </span>
        <span
          className={clsx('min-w-0 flex-1 font-mono text-sm break-all', left && 'text-faint line-through')}
        >
          {node.name}
          {node.isDirectory ? '/' : ''}
          <span className="sr-only"> {look?.word}</span>
        </span>
        {node.marks.length > 0 && !left ? (
          <span className="hidden text-xs text-muted sm:inline">
            {node.marks.map((mark) => reviewRules.find(({ id }) => id === mark)?.label).join(', ')}
          </span>
        ) : null}
        <span className="shrink-0 text-right text-sm text-muted tabular-nums">
          {node.kind === 'removed' && !node.isDirectory ? null : <ByteSize bytes={node.size} />}
          {node.partial ? '+' : null}
        </span>
      </div>
      {open ? (
        <div className="pl-4">
          {pending ? (
            <p role="status" className="flex items-center gap-2 py-1 text-sm text-muted">
              <Spinner className="size-4" /> Reading…
            </p>
          ) : null}
          {problem ? <p className="py-1 text-sm text-failed-ink">{problem}</p> : null}
          {below ? <Nodes {...below} {...tree} label={`Changes in ${node.path}`} out={left} /> : null}
        </div>
      ) : null}
    </li>
  );
}
