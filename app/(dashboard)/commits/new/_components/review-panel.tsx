'use client';

import { use } from 'react';
import { Badge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { reviewRules } from '@/lib/commits/rules';
import type { MarkedGroup, Review } from '@/lib/commits/schema';
import { formatCount } from '@/lib/format/text';
import { ReviewTree } from './review-tree';
import type { CommitFormState } from './use-commit-form';

interface ReviewPanelProps {
  review: Promise<SettledReview>;
  state: CommitFormState;
  mayLeaveOut: boolean;
}

export type SettledReview = { ok: true; value: Review } | { ok: false; error: ShownError };

/** The changed paths; those that rarely belong in an image first. */
export function ReviewPanel({ review, state, mayLeaveOut }: ReviewPanelProps) {
  const settled = use(review);
  if (!settled.ok) return <ErrorState title="The changes cannot be read now" error={settled.error} />;
  const { container, counts, size, partial, roots, groups } = settled.value;
  const total = counts.added + counts.changed + counts.removed;
  if (total === 0)
    return (
      <Notice title="No changes">
        The container’s files equal those of its image. A commit changes only the image’s configuration.
      </Notice>
    );
  return (
    <div className="flex flex-col gap-5">
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        <span>{formatCount(counts.added, 'path')} added</span>
        <span>{counts.changed.toLocaleString('en-US')} changed</span>
        <span>{counts.removed.toLocaleString('en-US')} removed</span>
        <span>
          <ByteSize bytes={size} /> in total{partial ? ', as far as read' : ''}
        </span>
      </p>
      {partial ? (
        <Notice tone="warning">
          Not all sizes and contents could be read in time. The list of paths and the commit are complete.
        </Notice>
      ) : null}
      {groups.length > 0 ? (
        <ul className="flex flex-col gap-3" aria-label="Marked by rules">
          {groups.map((group) => (
            <Group key={group.rule} group={group} state={state} mayLeaveOut={mayLeaveOut} />
          ))}
        </ul>
      ) : null}
      <ReviewTree container={container.id} roots={roots} state={state} mayLeaveOut={mayLeaveOut} />
    </div>
  );
}

function Group({
  group,
  state,
  mayLeaveOut,
}: {
  group: MarkedGroup;
  state: CommitFormState;
  mayLeaveOut: boolean;
}) {
  const rule = reviewRules.find(({ id }) => id === group.rule);
  if (!rule) return null;
  const whole = state.left.rules.has(rule.id);
  // Matches by content have no pattern, so they are excluded one by one.
  const byName = group.entries.some(({ path }) => rule.path(path));
  const more = group.count - group.entries.length;
  return (
    <li className="rounded-md border border-line bg-raised px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{rule.label}</span>
        {rule.tone === 'danger' ? <Badge tone="danger">review</Badge> : null}
        <span className="text-sm text-muted">
          {formatCount(group.count, 'path')}, <ByteSize bytes={group.size} />
        </span>
        {byName ? (
          <Checkbox
            className="ml-auto"
            label="Exclude all"
            aria-label={`Exclude all: ${rule.label}`}
            checked={whole}
            disabled={!mayLeaveOut}
            onChange={() => state.toggleRule(rule.id)}
          />
        ) : null}
      </div>
      <details className="mt-1" open={rule.tone === 'danger'}>
        <summary className="cursor-pointer text-sm text-muted hover:text-ink">Marked paths</summary>
        <p className="mt-1 text-sm text-muted">{rule.meaning}</p>
        <ul className="mt-1.5 flex flex-col gap-1">
          {group.entries.map(({ path, size }) => (
            <li key={path} className="flex items-start gap-3">
              <Checkbox
                className="min-w-0 flex-1"
                label={<span className="font-mono text-sm break-all">{path}</span>}
                aria-label={`Exclude ${path}`}
                checked={(whole && rule.path(path)) || state.left.paths.has(path)}
                disabled={!mayLeaveOut || (whole && rule.path(path))}
                onChange={() => state.togglePath(path)}
              />
              <span className="text-sm text-muted">{size === null ? null : <ByteSize bytes={size} />}</span>
            </li>
          ))}
        </ul>
        {more > 0 ? (
          <p className="mt-1 text-sm text-muted">{formatCount(more, 'more path')}; the largest are shown.</p>
        ) : null}
      </details>
    </li>
  );
}
