'use client';

import { useEffect, useState } from 'react';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';

/** While active, asks before leaving the page by a link or the browser. */
export function LeaveGuard({
  active,
  name,
  onLeave,
}: {
  active: boolean;
  name: string;
  onLeave: (href: string) => void;
}) {
  const [href, setHref] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === '_blank';
      if (!link?.href || elsewhere || event.button !== 0 || link.hasAttribute('download')) return;
      if (link.origin !== window.location.origin || link.pathname.startsWith('/api/')) return;
      event.preventDefault();
      event.stopPropagation();
      setHref(link.pathname + link.search);
    };
    window.addEventListener('beforeunload', ask);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', ask);
      document.removeEventListener('click', onClick, true);
    };
  }, [active]);
  return (
    <ConfirmDialog
      open={href !== null}
      onOpenChange={(open) => {
        if (!open) setHref(null);
      }}
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay here"
      onConfirm={async () => {
        if (href !== null) onLeave(href);
      }}
    >
      <p>
        What you changed in <span className="font-mono break-all">{name}</span> will be lost.
      </p>
    </ConfirmDialog>
  );
}
