import { notFound } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-user';
import { findComparison, listDifferences } from '@/lib/comparisons/store';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { findOperation } from '@/lib/operations/store';
import { mayCancel } from '@/lib/operations/visible';
import { findProject } from '@/lib/projects/store';
import { ComparisonView } from './_components/comparison-view';

export const metadata = { title: 'Comparison' };

/** Differences shown at most, most severe first. */
const shown = 1000;

export default async function ComparisonPage({ params }: PageProps<'/comparisons/[operationId]'>) {
  const user = await requirePermission('build:read');
  const id = operationId.safeParse((await params).operationId);
  const comparison = id.success ? await findComparison(id.data) : null;
  const operation = comparison && (await findOperation(comparison.id));
  if (!comparison || !operation) notFound();
  const [differences, project] = await Promise.all([
    listDifferences(comparison.id),
    comparison.projectId ? findProject(comparison.projectId) : null,
  ]);
  return (
    <ComparisonView
      operation={operation}
      comparison={comparison}
      differences={differences.slice(0, shown)}
      more={Math.max(0, differences.length - shown)}
      project={project && { id: project.id, name: project.name }}
      initialState={await loadState(comparison.id)}
      mayCancel={mayCancel(user, operation)}
    />
  );
}
