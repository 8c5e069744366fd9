import Link from 'next/link';
import { Score } from '@/app/_components/verification/score';
import { Panel } from '@/app/_components/ui/panel';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { RelativeTime } from '@/app/_components/ui/time';
import { commitHref } from '@/lib/commits/href';
import { findProof, listComparisons } from '@/lib/comparisons/store';
import { formatScore } from '@/lib/comparisons/choices';
import { comparisonHref } from '@/lib/comparisons/href';
import type { ComparisonSummary } from '@/lib/comparisons/schema';
import { imageHref } from '@/lib/images/href';
import type { ProjectId } from '@/lib/ids';

const shown = 6;

/** Compares the builds of a project with the committed image that they must equal. */
export async function VerificationPanel({ projectId }: { projectId: ProjectId }) {
  const proof = await findProof(projectId);
  if (!proof) return null;
  const comparisons = await listComparisons(projectId, shown);
  const [last] = comparisons;
  const scored = comparisons.find(({ figures }) => figures !== null);
  return (
    <Panel
      title="Verification"
      actions={
        proof.commitId ? (
          <Link href={commitHref(proof.commitId)} className="link text-sm">
            View commit
          </Link>
        ) : null
      }
    >
      <p className="mb-2 text-muted">
        Each build is compared with{' '}
        <Link href={imageHref(proof.imageId)} className="link font-mono break-all">
          {proof.imageName}
        </Link>
        , path by path.
      </p>
      {scored?.figures ? <Score figures={scored.figures} /> : null}
      {last ? (
        <ul aria-label="Comparisons" className="mt-2 divide-y divide-line border-t border-line">
          {comparisons.map((comparison) => (
            <Row key={comparison.id} comparison={comparison} />
          ))}
        </ul>
      ) : (
        <p>Not built yet. Build the project to compare it.</p>
      )}
    </Panel>
  );
}

function Row({ comparison }: { comparison: ComparisonSummary }) {
  const { id, status, figures, at } = comparison;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5 text-sm">
      <StatusMark status={status} />
      <Link href={comparisonHref(id)} className="link">
        {figures ? formatScore(figures) : 'Comparison'}
      </Link>
      <span className="text-muted">
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
