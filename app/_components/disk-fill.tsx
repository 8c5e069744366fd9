import { Progress } from '@/app/_components/ui/progress';
import { formatBytes } from '@/lib/format/bytes';

/** Usage of a file system, in bytes. */
export function DiskFill({ system: { total, free } }: { system: { total: number; free: number } }) {
  const used = total > 0 ? (total - free) / total : 0;
  return (
    <Progress
      label={`${Math.round(used * 100)}% used`}
      value={used}
      tone={used > 0.97 ? 'failed' : used > 0.9 ? 'waiting' : 'succeeded'}
      detail={`${formatBytes(free)} free of ${formatBytes(total)}`}
    />
  );
}
