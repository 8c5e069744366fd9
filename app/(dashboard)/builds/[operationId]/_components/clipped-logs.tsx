import Link from 'next/link';
import { Notice } from '@/app/_components/ui/notice';
import type { OperationState } from '@/lib/events/state';

/** The steps of which the engine left output out. */
export function ClippedLogs({ steps }: Pick<OperationState, 'steps'>) {
  const clipped = steps.filter((step) => step.clipped);
  if (!clipped.length) return null;
  return (
    <Notice tone="warning" title="A log is incomplete">
      <p>
        The engine limits the output of a step, and what is beyond is lost. See the{' '}
        <Link href="/engine" className="link">
          engine’s page
        </Link>{' '}
        for its limits.
      </p>
      <ul className="mt-1 font-mono text-sm break-all">
        {clipped.map((step) => (
          <li key={step.id}>{step.name}</li>
        ))}
      </ul>
    </Notice>
  );
}
