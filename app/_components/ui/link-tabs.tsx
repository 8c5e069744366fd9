'use client';

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

/** Tabs with a URL each. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={tabListClasses}>
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
