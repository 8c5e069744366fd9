import type { ReactNode } from 'react';

/** A page of text only: what happened, what is safe, what to do. */
export function StatusPage({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="hatch my-8 rounded-lg border border-line p-3">
      <div className="max-w-160 rounded-md bg-surface p-6">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <div className="mt-2 flex flex-col gap-2 text-muted">{children}</div>
        {actions ? <div className="mt-5 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
