'use client';

import Link from 'next/link';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { LiveOperation } from '@/app/_components/live/live-operation';
import { Score } from '@/app/_components/verification/score';
import { Panel } from '@/app/_components/ui/panel';
import { buildHref } from '@/lib/builds/href';
import type { OperationState } from '@/lib/events/state';
import type { ComparisonSummary, Difference } from '@/lib/comparisons/schema';
import { imageHref } from '@/lib/images/href';
import type { OperationSummary } from '@/lib/operations/schema';
import { DifferenceList } from './difference-list';
import { RuleList } from './rule-list';

interface ComparisonViewProps {
  operation: OperationSummary;
  comparison: ComparisonSummary;
  differences: Difference[];
  more: number;
  project: { id: string; name: string } | null;
  initialState: OperationState;
  mayCancel: boolean;
}

/** Comparison of a build with the committed image that it must equal. */
export function ComparisonView(props: ComparisonViewProps) {
  const { operation, comparison, differences, more, project, initialState, mayCancel } = props;
  const { figures, imageId, builtId, baseId, buildId } = comparison;
  return (
    <LiveOperation
      operation={operation}
      initialState={initialState}
      mayCancel={mayCancel}
      breadcrumbs={[
        { label: 'Projects', href: '/projects' },
        ...(project ? [{ label: project.name, href: projectHref(project.id) }] : []),
      ]}
    >
      {() => (
        <>
          <p className="flex flex-wrap gap-x-5 gap-y-1 text-muted">
            <Link href={imageHref(imageId)} className="link">
              Committed image
            </Link>
            <Link href={imageHref(builtId)} className="link">
              Built image
            </Link>
            <Link href={imageHref(baseId)} className="link">
              Common base image
            </Link>
            {buildId ? (
              <Link href={buildHref(buildId)} className="link">
                Build
              </Link>
            ) : null}
          </p>
          {figures ? (
            <>
              <Score figures={figures} />
              <Panel title="Differences" padding="flush">
                <DifferenceList differences={differences} more={more} />
              </Panel>
            </>
          ) : null}
          <Panel title="Not counted">
            <RuleList />
          </Panel>
        </>
      )}
    </LiveOperation>
  );
}
