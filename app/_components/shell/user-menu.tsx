'use client';

import { ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { useTheme } from '@/app/_hooks/use-theme';
import type { Theme } from '@/lib/format/theme';
import { useSignOut } from './use-sign-out';

const choices: { value: Theme; label: string; icon: ReactNode }[] = [
  { value: 'system', label: 'System theme', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
];

export interface UserMenuProps {
  user: { name: string; role: string };
}

export function UserMenu({ user }: UserMenuProps) {
  const signOut = useSignOut();
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      align="start"
      label={`Signed in as ${user.name}, ${user.role.toLowerCase()}`}
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="flex h-9 max-w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover md:w-full pointer-coarse:h-10"
        >
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-sm bg-accent text-xs font-semibold text-accent-ink uppercase"
          >
            {user.name.slice(0, 1)}
          </span>
          <span className="min-w-0 flex-1 truncate max-md:hidden">{user.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint max-md:hidden" />
        </button>
      }
    >
      <MenuItem href="/settings/account" icon={<UserRound aria-hidden />}>
        Account
      </MenuItem>
      <MenuSeparator />
      <MenuChoice value={theme} onValueChange={setTheme} choices={choices} />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
