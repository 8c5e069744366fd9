import { OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';

/** The visible part of an AppError or of an action's result. */
export interface ShownError {
  code?: string;
  message: string;
  hint?: string;
}

/** An error, its remedy and actions. Announced when it appears. */
export function ErrorState({
  error,
  title,
  action,
}: {
  error: ShownError;
  /** The failed action: `The image could not be removed`. */
  title?: ReactNode;
  /** Retry button or link. */
  action?: ReactNode;
}) {
  return (
    <div
      role="alert"
      className="flex gap-3 rounded-md border-l-4 border-failed bg-failed-soft px-3 py-2.5 text-ink"
    >
      <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        <p className="break-words whitespace-pre-line">{error.message}</p>
        {error.hint ? <p className="break-words whitespace-pre-line text-muted">{error.hint}</p> : null}
        {action ? <div className="mt-1 flex flex-wrap gap-2">{action}</div> : null}
      </div>
    </div>
  );
}
