'use client';

import type { ReactNode } from 'react';
import { MoreMenu } from './more-menu';
import { NavLink } from './nav-link';
import { apartDestinations, mainDestinations } from './navigation';

export function MainNavigation({ engine }: { engine?: ReactNode }) {
  return (
    <nav
      aria-label="Main"
      className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:grid max-md:grid-cols-5 max-md:border-t max-md:border-line max-md:bg-canvas max-md:pb-[env(safe-area-inset-bottom)] md:flex md:min-h-0 md:flex-1 md:flex-col md:overflow-y-auto"
    >
      <ul className="contents md:flex md:flex-col md:gap-0.5">
        {mainDestinations.map((destination, index) => (
          <li key={destination.href} className={index >= 4 ? 'max-md:hidden' : undefined}>
            <NavLink destination={destination} />
          </li>
        ))}
      </ul>
      <ul className="max-md:hidden md:mt-auto md:flex md:flex-col md:gap-0.5">
        {apartDestinations.map((destination) => (
          <li key={destination.href}>
            <NavLink destination={destination} after={destination.href === '/engine' ? engine : undefined} />
          </li>
        ))}
      </ul>
      <MoreMenu />
    </nav>
  );
}
