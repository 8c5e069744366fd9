'use client';

import { EyeOff } from 'lucide-react';
import { FileTree } from '@/app/_components/file-tree/file-tree';
import type { RowContent } from '@/app/_components/file-tree/tree-row';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Button } from '@/app/_components/ui/button';
import type { ContextLevel, ContextNode } from '@/lib/contexts/schema';
import { formatCount } from '@/lib/format/text';
import { readContextLevel } from '@/app/(dashboard)/projects/actions';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import type { ProjectId } from '@/lib/ids';
import { IgnoreButton } from './ignore-button';

function figures({ ignored, files, ignoredFiles, ignoredBytes, type }: ContextNode) {
  if (ignored && files === 0) return 'excluded';
  const parts = type === 'directory' ? [formatCount(files, 'file')] : [];
  if (ignoredFiles && type === 'directory') parts.push(`${formatCount(ignoredFiles, 'file')} excluded`);
  return parts.join(', ') || (ignoredBytes ? 'excluded' : '');
}

interface Tree {
  projectId: ProjectId;
  mayEdit: boolean;
  /** Bytes of the largest entry, sent or not: the scale of the bars. */
  most: number;
}

function rowOf(node: ContextNode, { projectId, mayEdit, most }: Tree): RowContent {
  const isOut = node.ignored === true && node.files === 0;
  const share = (bytes: number) => (most ? bytes / most : 0);
  return {
    path: node.path,
    name: node.name,
    version: `${node.ignoredFiles} ${node.files}`,
    type: node.type,
    withIcon: true,
    toggleLabel: `Contents of ${node.name}`,
    href: filesHref(projectId, node.path),
    look: isOut ? 'faint' : 'plain',
    note: figures(node),
    hiddenNote: isOut && node.type !== 'directory' ? 'excluded' : undefined,
    warning: node.warnings ? (node.why ?? formatCount(node.warnings, 'warning')) : null,
    bar: { counted: share(node.bytes), uncounted: share(node.ignoredBytes) },
    size: <ByteSize bytes={isOut ? node.ignoredBytes : node.bytes} />,
    action: isOut ? (
      <EyeOff aria-hidden className="mr-2 size-3.5 text-faint" />
    ) : mayEdit ? (
      <IgnoreButton projectId={projectId} path={node.path} />
    ) : null,
  };
}

/** The build context as a tree with sizes: sent and excluded files, and a button to exclude more. */
export function ContextTree({
  projectId,
  level,
  mayEdit,
}: {
  projectId: ProjectId;
  level: ContextLevel;
  mayEdit: boolean;
}) {
  const refresh = useRefresh();
  const most = Math.max(0, ...level.nodes.map((node) => node.bytes + node.ignoredBytes));
  return (
    <section aria-label="Files of the build context">
      <h3 className="mb-1 text-sm font-medium text-faint">All files, largest first</h3>
      <FileTree
        level={level}
        load={({ path }) => answered(readContextLevel)({ id: projectId, path })}
        row={(node) => rowOf(node, { projectId, mayEdit, most })}
        more={(count) => `${formatCount(count, 'smaller entry', 'smaller entries')} not shown`}
      />
      {level.complete ? null : (
        <p className="mt-1 flex items-center gap-2 text-sm text-muted">
          Too many files to count.
          <Button size="small" variant="ghost" onClick={refresh}>
            Refresh
          </Button>
        </p>
      )}
    </section>
  );
}
