import type { StepState } from '@/lib/events/state';

/** Why a step failed, and its line in the Dockerfile. */
export function StepError({ step, lineHref }: { step: StepState; lineHref?: (line: number) => string }) {
  const line = step.line;
  if (!step.error && line === undefined) return null;
  const place =
    line === undefined ? null : lineHref ? (
      <a href={lineHref(line)} className="link">
        Dockerfile line {line}
      </a>
    ) : (
      <span>Dockerfile line {line}</span>
    );
  if (!step.error) return <p className="text-sm text-muted">{place}</p>;
  return (
    <div role="alert" className="rounded-md border-l-4 border-failed bg-failed-soft px-3 py-2">
      <p className="font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap" dir="ltr">
        {step.error}
      </p>
      {place ? <p className="mt-1 text-sm">{place}</p> : null}
    </div>
  );
}
