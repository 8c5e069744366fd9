'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { tabClasses, tabListClasses } from './tab-classes';

interface LinkTab {
  label: string;
  href: string;
  /** A figure after the word. */
  count?: ReactNode;
  /** Also the current one on pages below it. */
  nested?: boolean;
}

/** Views of one thing that have addresses of their own. */
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
