'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { tabClasses, tabListClasses } from './tab-classes';

interface LinkTab {
  label: string;
  href: string;
  /** A count after the label. */
  count?: ReactNode;
  /** Marked as current on subpages, too. */
  nested?: boolean;
}

/** Tabs with a URL each. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  const path = usePathname();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the current tab may be outside. Only the list is scrolled, not the page.
    const current = list.current?.querySelector<HTMLElement>('[data-current]');
    if (current)
      list.current!.scrollLeft = current.offsetLeft - (list.current!.clientWidth - current.offsetWidth) / 2;
  }, [path]);
  return (
    <nav ref={list} aria-label={label} className={clsx('relative', tabListClasses)}>
      {tabs.map((tab) => {
        const target = tab.href.split('?')[0]!;
        const current = path === target || (tab.nested && path.startsWith(`${target}/`));
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={current ? 'page' : undefined}
            data-current={current || undefined}
            className={tabClasses}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="text-faint tabular-nums">{tab.count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
