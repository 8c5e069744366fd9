import Link from 'next/link';
import type { ReactNode } from 'react';

export interface Crumb {
  label: string;
  href: string;
}

/** The header of a page: breadcrumbs, title, facts and actions. */
export function PageHeader({
  title,
  breadcrumbs = [],
  meta,
  actions,
}: {
  title: ReactNode;
  /** Breadcrumbs without the current page. */
  breadcrumbs?: Crumb[];
  /** Facts on one line, as separate elements. */
  meta?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        {breadcrumbs.length > 0 ? (
          <nav aria-label="Breadcrumbs" className="mb-1 text-sm text-muted">
            <ol className="flex flex-wrap">
              {breadcrumbs.map((crumb) => (
                <li key={crumb.href} className="after:mx-1.5 after:text-faint after:content-['/']">
                  <Link href={crumb.href} className="hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <h1 className="text-2xl font-semibold tracking-tight text-balance break-words">{title}</h1>
        {meta ? (
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">{meta}</div>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2 max-sm:gap-1.5">{actions}</div> : null}
    </header>
  );
}
