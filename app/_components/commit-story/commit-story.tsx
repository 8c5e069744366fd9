import Link from 'next/link';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/app/_components/ui/time';
import { instructionsOf } from '@/lib/commits/instructions';
import type { StoredCommit } from '@/lib/commits/store';
import { formatCount } from '@/lib/format/text';
import { imageHref } from '@/lib/images/href';

const wayWords = {
  engine: 'standard docker commit of all changes',
  layer: 'one clean layer on the base image',
} as const;

/** The facts of a commit: base, container, method, author, message, changes. */
export function CommitStory({
  commit,
  recording,
}: {
  commit: StoredCommit;
  /** Links to the recordings of the container, if any. */
  recording?: ReactNode;
}) {
  const { baseId, baseName, containerName, author, message, way, leftOut, userName, at } = commit;
  const lines = instructionsOf(commit.changes);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&>dt]:text-muted">
      <dt>Base</dt>
      <dd className="min-w-0 font-mono break-all">
        {baseId ? (
          <Link href={imageHref(baseId)} className="link">
            {baseName}
          </Link>
        ) : (
          baseName
        )}
      </dd>
      <dt>Container</dt>
      <dd className="min-w-0 font-mono break-all">{containerName}</dd>
      {recording ? (
        <>
          <dt>Recording</dt>
          <dd className="min-w-0">{recording}</dd>
        </>
      ) : null}
      {way ? (
        <>
          <dt>Method</dt>
          <dd>
            {wayWords[way]}
            {leftOut > 0 ? `; ${formatCount(leftOut, 'changed path')} excluded` : null}
          </dd>
        </>
      ) : null}
      <dt>Committed</dt>
      <dd>
        <RelativeTime at={at} />
        {userName ? ` by ${userName}` : null}
      </dd>
      {author ? (
        <>
          <dt>Author</dt>
          <dd className="min-w-0 break-words">{author}</dd>
        </>
      ) : null}
      {message ? (
        <>
          <dt>Message</dt>
          <dd className="min-w-0 break-words whitespace-pre-line">{message}</dd>
        </>
      ) : null}
      {lines.length > 0 ? (
        <>
          <dt>Changes</dt>
          <dd className="min-w-0 font-mono text-sm break-all">
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </dd>
        </>
      ) : null}
    </dl>
  );
}
