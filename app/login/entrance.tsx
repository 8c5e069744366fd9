import type { ReactNode } from 'react';

/** The ground of the two pages that stand before the door. */
export function Entrance({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col justify-center px-4 py-10">
      <div className="mb-6 flex items-center gap-3">
        <Mark />
        <span className="text-lg font-semibold tracking-tight">Layerwright</span>
      </div>
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead ? <div className="mt-1.5 text-muted">{lead}</div> : null}
      <div className="mt-5 flex flex-col gap-4">{children}</div>
    </main>
  );
}

/** Three layers. */
function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="size-7 text-ink">
      <rect x="3" y="4" width="18" height="3" rx="1" fill="currentColor" opacity="0.45" />
      <rect x="3" y="9" width="18" height="4" rx="1" fill="currentColor" opacity="0.7" />
      <rect x="3" y="15" width="18" height="6" rx="1" fill="currentColor" />
    </svg>
  );
}
