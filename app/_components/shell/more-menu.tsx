'use client';

import { Ellipsis } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Menu, MenuItem } from '@/app/_components/ui/menu';
import { isCurrent, moreDestinations } from './navigation';

/** The remaining destinations, on a phone. */
export function MoreMenu() {
  const path = usePathname();
  const current = moreDestinations.some((destination) => isCurrent(destination, path));
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          data-current={current || undefined}
          className="flex h-14 flex-col items-center justify-center gap-0.5 border-t-2 border-transparent text-xs text-muted -outline-offset-2 data-current:border-accent data-current:text-ink md:hidden"
        >
          <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
          More
        </button>
      }
    >
      {moreDestinations.map((destination) => (
        <MenuItem key={destination.href} href={destination.href} icon={<destination.icon aria-hidden />}>
          {destination.label}
        </MenuItem>
      ))}
    </Menu>
  );
}
