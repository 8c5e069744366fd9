import { ContainerStateMark } from '@/app/(dashboard)/containers/_components/container-state';
import { StatusMark } from '@/app/_components/ui/status-mark';
import type { WorkbenchSummary } from '@/lib/workbenches/schema';

/** Running, paused, or how it ended. */
export function WorkbenchMark({
  workbench,
  paused = false,
}: {
  workbench: Pick<WorkbenchSummary, 'endedAt' | 'exitCode' | 'oomKilled' | 'removedAt'>;
  paused?: boolean;
}) {
  const { endedAt, exitCode, oomKilled, removedAt } = workbench;
  if (removedAt !== null) return <StatusMark status="cancelled" detail="container removed" />;
  if (endedAt === null && paused) return <ContainerStateMark state="paused" exitCode={null} />;
  if (endedAt === null) return <StatusMark status="running" />;
  if (oomKilled) return <StatusMark status="failed" detail="out of memory" />;
  return <StatusMark status="done" detail={exitCode === null ? undefined : `exit code ${exitCode}`} />;
}
