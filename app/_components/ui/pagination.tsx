import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, LinkButton } from './button';

/** Cursor pagination with links; nothing if there is a single page. */
export function Pagination({
  newerHref,
  olderHref,
  newerLabel = 'Newer',
  olderLabel = 'Older',
  children,
}: {
  newerHref?: string | null;
  olderHref?: string | null;
  newerLabel?: string;
  olderLabel?: string;
  /** Text between the links: `51 to 100 of 1,204`. */
  children?: ReactNode;
}) {
  if (!newerHref && !olderHref) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-3">
      <Step href={newerHref}>
        <ChevronLeft aria-hidden />
        {newerLabel}
      </Step>
      {children ? <span className="text-sm text-muted">{children}</span> : null}
      <Step href={olderHref}>
        {olderLabel}
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

function Step({ href, children }: { href?: string | null; children: ReactNode }) {
  if (!href) {
    return (
      <Button size="small" disabled>
        {children}
      </Button>
    );
  }
  return (
    <LinkButton size="small" href={href}>
      {children}
    </LinkButton>
  );
}
