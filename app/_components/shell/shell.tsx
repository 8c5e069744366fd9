import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandMark } from '@/app/_components/brand-mark';
import { CommandPalette } from './command-palette';
import type { PaletteEntry } from './commands';
import { MainNavigation } from './main-navigation';
import { UserMenu, type UserMenuProps } from './user-menu';

interface ShellProps extends UserMenuProps {
  /** The palette's entries that do not depend on the query. */
  commands: PaletteEntry[];
  /** `LiveRunningWork` */
  running?: ReactNode;
  /** `EngineMark` */
  engine?: ReactNode;
  /** Shown at the top of every page: the engine is unreachable, the connection is lost. */
  notice?: ReactNode;
  children: ReactNode;
}

/**
 * A sidebar that becomes, on a phone, a bar at the top (brand, running work, account) and one at the bottom (destinations); * the document has one navigation.
 */
export function Shell({ user, commands, running, engine, notice, children }: ShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 flex border-line bg-canvas max-md:h-12 max-md:items-center max-md:gap-1 max-md:border-b max-md:px-4 md:h-dvh md:flex-col md:border-r md:pt-3 md:pb-2 md:pl-2">
        <Link
          href="/"
          className="flex items-center gap-2.5 text-lg font-semibold tracking-tight max-md:mr-auto md:mb-4 md:px-2 md:py-1"
        >
          <BrandMark className="size-5 shrink-0" />
          Layerwright
        </Link>
        <CommandPalette commands={commands} />
        <MainNavigation engine={engine} />
        {running ? (
          <div className="border-line md:mt-2 md:mr-2 md:border-t md:pt-2.5 md:pb-1">{running}</div>
        ) : null}
        <div className="md:mt-1 md:mr-2 md:border-t md:border-line md:pt-2">
          <UserMenu user={user} />
        </div>
      </header>
      <div className="min-w-0">
        {notice}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-336 px-4 pt-5 pb-24 outline-none sm:px-6 md:pt-6 md:pb-12 lg:px-8"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
