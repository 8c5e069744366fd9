import type { ReactNode } from 'react';

/** Text of an empty list: what it is for, and the next action. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="hatch rounded-lg border border-line p-3">
      <div className="flex max-w-160 flex-col items-start gap-1 rounded-md bg-surface p-5 max-sm:p-4">
        {icon ? (
          <div aria-hidden className="mb-1.5 text-faint [&>svg]:size-7 [&>svg]:stroke-[1.5]">
            {icon}
          </div>
        ) : null}
        <h2 className="text-lg font-semibold">{title}</h2>
        {children ? <div className="max-w-prose text-muted">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
