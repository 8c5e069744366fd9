import { StatusMark } from '@/app/_components/ui/status-mark';
import type { WorkbenchSummary } from '@/lib/workbenches/schema';

/** Running, or how it ended. */
export function WorkbenchMark({
  workbench,
}: {
  workbench: Pick<WorkbenchSummary, 'endedAt' | 'exitCode' | 'oomKilled' | 'removedAt'>;
}) {
  const { endedAt, exitCode, oomKilled, removedAt } = workbench;
  if (removedAt !== null) return <StatusMark status="cancelled" detail="container removed" />;
  if (endedAt === null) return <StatusMark status="running" />;
  if (oomKilled) return <StatusMark status="failed" detail="out of memory" />;
  return <StatusMark status="done" detail={exitCode === null ? undefined : `exit code ${exitCode}`} />;
}
