import type { ReactNode } from 'react';
import { BrandMark } from '@/app/_components/brand-mark';

/** The frame of the two pages before sign-in. */
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
        <BrandMark className="size-7" />
        <span className="text-lg font-semibold tracking-tight">Layerwright</span>
      </div>
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead ? <div className="mt-1.5 text-muted">{lead}</div> : null}
      <div className="mt-5 flex flex-col gap-4">{children}</div>
    </main>
  );
}
