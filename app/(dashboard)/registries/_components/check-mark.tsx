import { StatusIcon, type Status } from '@/app/_components/ui/status-mark';
import { RelativeTime } from '@/app/_components/ui/time';
import { checkLabels, type CheckStatus } from '@/lib/registries/labels';
import type { RegistryCheck } from '@/lib/registries/schema';

const icons: Record<CheckStatus, Status> = {
  ok: 'succeeded',
  denied: 'failed',
  unreachable: 'failed',
  tls: 'failed',
  failed: 'failed',
  'plain-http': 'interrupted',
};

/** The result of the last check. */
export function CheckMark({ check }: { check: RegistryCheck | null }) {
  if (!check) return <span className="text-muted">Not checked yet</span>;
  return (
    <span
      className="inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap"
      title={check.message}
    >
      <span aria-hidden className="inline-flex">
        <StatusIcon status={icons[check.status]} />
      </span>
      {checkLabels[check.status]}
    </span>
  );
}

/** The full result: message, hint and time. */
export function CheckResult({ check }: { check: RegistryCheck | null }) {
  if (!check) return <p className="text-muted">Not checked since the last change.</p>;
  return (
    <div role="status" className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-3">
        <CheckMark check={check} />
        <span className="text-sm text-muted">
          <RelativeTime at={check.at} />
        </span>
      </p>
      <p className="max-w-prose break-words">{check.message}</p>
      {check.hint ? <p className="max-w-prose break-words text-muted">{check.hint}</p> : null}
    </div>
  );
}
