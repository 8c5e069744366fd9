import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { type Destination, isCurrent } from './navigation';

/** The current entry has the page's background, so that both read as one surface. */
export function NavLink({ destination, after }: { destination: Destination; after?: ReactNode }) {
  const current = isCurrent(destination, usePathname());
  const Icon = destination.icon;
  return (
    <Link
      href={destination.href}
      aria-current={current ? 'page' : undefined}
      data-current={current || undefined}
      className="group flex items-center text-muted hover:text-ink data-current:text-ink max-md:h-14 max-md:flex-col max-md:justify-center max-md:gap-0.5 max-md:border-t-2 max-md:border-transparent max-md:text-xs max-md:-outline-offset-2 max-md:data-current:border-accent md:-mr-px md:h-8.5 md:gap-2.5 md:rounded-l-md md:border md:border-r-0 md:border-transparent md:pr-3 md:pl-2.5 md:data-current:border-line md:data-current:bg-surface md:data-current:font-medium"
    >
      <Icon aria-hidden className="size-5 shrink-0 md:size-4" strokeWidth={1.75} />
      {destination.label}
      {after ? <span className="ml-auto">{after}</span> : null}
    </Link>
  );
}
