import { Upload } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';

/** Recent push targets of the image name, as buttons. */
export function RecentTargets({
  targets,
  pending,
  onPush,
}: {
  targets: string[];
  /** The target whose push is starting. */
  pending: string | null;
  onPush: (reference: string) => void;
}) {
  return (
    <section aria-label="Recent targets">
      <h3 className="mb-1 font-medium">Recent targets</h3>
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {targets.map((target) => (
          <li key={target} className="flex items-center gap-3 py-1.5">
            <span className="min-w-0 flex-1 font-mono text-sm break-all">{target}</span>
            <Button
              size="small"
              icon={<Upload aria-hidden />}
              pending={pending === target}
              disabled={pending !== null && pending !== target}
              aria-label={`Push to ${target}`}
              onClick={() => onPush(target)}
            >
              Push
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
