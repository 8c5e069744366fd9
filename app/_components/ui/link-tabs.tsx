'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { tabClasses, tabListClasses } from './tab-classes';

interface LinkTab {
  label: string;
  href: string;
  /** A count after the label. */
  count?: ReactNode;
  /** Marked as current on subpages, too. */
  nested?: boolean;
}

/** On a phone, the current tab may be outside of the list. Scrolls only the list, not the page. */
function showInList(link: HTMLElement | null) {
  const list = link?.parentElement;
  if (list) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}

/** Tabs with a URL each. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={clsx('relative', tabListClasses)}>
      {tabs.map((tab) => {
        const target = tab.href.split('?')[0]!;
        const current = path === target || (tab.nested && path.startsWith(`${target}/`));
        return (
          <Link
            key={tab.href}
            ref={current ? showInList : undefined}
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
