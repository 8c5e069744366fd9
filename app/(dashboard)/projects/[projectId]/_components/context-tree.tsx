'use client';

import { ChevronRight, EyeOff, File, FileSymlink, Folder, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { clsx } from 'clsx';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Spinner } from '@/app/_components/ui/spinner';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { ContextLevel, ContextNode } from '@/lib/contexts/schema';
import { readContextLevel } from '@/app/(dashboard)/projects/actions';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { IgnoreButton } from './ignore-button';

interface Shared {
  projectId: string;
  mayEdit: boolean;
  /** Bytes of the largest entry of all, sent or not: what the bars are measured by. */
  most: number;
}

const icons = { file: File, directory: Folder, symlink: FileSymlink };

/** What is sent of an entry, dark, and what is left out, hatched by its paleness. */
function Bar({ node, most }: { node: ContextNode; most: number }) {
  const share = (bytes: number) => `${most ? (100 * bytes) / most : 0}%`;
  return (
    <svg aria-hidden className="h-1.5 w-full max-sm:hidden">
      <rect width={share(node.bytes + node.ignoredBytes)} height="100%" className="fill-waiting-soft" />
      <rect width={share(node.bytes)} height="100%" className="fill-kind-copy" />
    </svg>
  );
}

function figures({ ignored, files, ignoredFiles, ignoredBytes, type }: ContextNode) {
  if (ignored && files === 0) return 'left out';
  const parts = type === 'directory' ? [formatCount(files, 'file')] : [];
  if (ignoredFiles && type === 'directory') parts.push(`${formatCount(ignoredFiles, 'file')} left out`);
  return parts.join(', ') || (ignoredBytes ? 'left out' : '');
}

function Node({ node, ...shared }: Shared & { node: ContextNode }) {
  const { projectId, mayEdit, most } = shared;
  const [open, setOpen] = useState(false);
  const [below, setBelow] = useState<ContextLevel | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const isDirectory = node.type === 'directory';
  const isOut = node.ignored === true && node.files === 0;
  const Icon = icons[node.type];

  const toggle = () => {
    setOpen(!open);
    if (open || below) return;
    startTransition(async () => {
      const result = await readContextLevel({ id: projectId, path: node.path });
      setFailure(result.ok ? null : result);
      if (result.ok) setBelow(result.data);
    });
  };
  return (
    <li>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 py-0.5 sm:grid-cols-[minmax(0,1fr)_5rem_4.5rem_4.5rem]">
        <span className="flex min-w-0 items-center gap-1.5">
          {isDirectory ? (
            <button
              type="button"
              aria-expanded={open}
              aria-label={`${node.name}: what is in it`}
              onClick={toggle}
              className="-m-1 p-1 text-faint hover:text-ink"
            >
              <ChevronRight
                aria-hidden
                className={clsx('size-3.5 transition-transform', open && 'rotate-90')}
              />
            </button>
          ) : (
            <span className="w-3.5 shrink-0" />
          )}
          <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
          <Link
            href={filesHref(projectId, node.path)}
            title={node.path}
            className={clsx(
              'max-w-full min-w-[3ch] truncate font-mono text-sm leading-6 hover:underline pointer-coarse:leading-8',
              isOut && 'text-faint',
            )}
          >
            {node.name}
            {isDirectory ? '/' : ''}
          </Link>
          <span className="shrink-0 text-xs text-muted max-sm:hidden">{figures(node)}</span>
          {isOut && !isDirectory ? <span className="sr-only">left out</span> : null}
          {node.warnings ? (
            // In words it stands above the tree.
            <span className="shrink-0 text-interrupted-ink" title={node.why ?? `${node.warnings} to look at`}>
              <TriangleAlert aria-hidden className="size-3.5" />
              <span className="sr-only">{node.why ?? `${node.warnings} to look at`}</span>
            </span>
          ) : null}
        </span>
        <Bar node={node} most={most} />
        <span className={clsx('text-right text-sm', isOut ? 'text-faint' : 'text-muted')}>
          <ByteSize bytes={isOut ? node.ignoredBytes : node.bytes} />
        </span>
        <span className="flex justify-end">
          {mayEdit && !isOut ? (
            <IgnoreButton projectId={projectId} path={node.path} />
          ) : isOut ? (
            <EyeOff aria-hidden className="mr-2 size-3.5 text-faint" />
          ) : null}
        </span>
      </div>
      {open ? (
        <div className="ml-1.5 border-l border-line pl-3">
          {pending ? <Spinner className="my-1 size-4" /> : null}
          {failure ? <ErrorState error={failure} /> : null}
          {below ? <Nodes level={below} {...shared} /> : null}
        </div>
      ) : null}
    </li>
  );
}

function Nodes({ level, ...shared }: Shared & { level: ContextLevel }) {
  return (
    <ul>
      {level.nodes.map((node) => (
        <Node key={`${node.path} ${node.ignoredFiles} ${node.files}`} node={node} {...shared} />
      ))}
      {level.nodes.length === 0 ? <li className="py-0.5 text-sm text-muted">empty</li> : null}
      {level.more ? (
        <li className="py-0.5 text-sm text-muted">
          and {formatCount(level.more, 'more', 'more')}, all smaller
        </li>
      ) : null}
    </ul>
  );
}

/** The context as a tree with sizes: what is sent, what is left out, and a click to leave more out. */
export function ContextTree({
  projectId,
  level,
  mayEdit,
}: {
  projectId: string;
  level: ContextLevel;
  mayEdit: boolean;
}) {
  const router = useRouter();
  const most = Math.max(0, ...level.nodes.map((node) => node.bytes + node.ignoredBytes));
  return (
    <section aria-label="Files of the context">
      <h3 className="mb-1 text-sm font-medium text-faint">All files, the largest first</h3>
      <Nodes projectId={projectId} level={level} mayEdit={mayEdit} most={most} />
      {level.complete ? null : (
        <p className="mt-1 flex items-center gap-2 text-sm text-muted">
          There are too many files to count them all.
          <Button size="small" variant="ghost" onClick={() => router.refresh()}>
            Count again
          </Button>
        </p>
      )}
    </section>
  );
}
