import { can } from '@/lib/commands/permissions';
import type { Role } from '@/lib/commands/roles';
import type { Theme } from '@/lib/format/theme';
import { apartDestinations, mainDestinations } from './navigation';

/** What choosing an entry does, where it is not a place to go to. */
export type PaletteAct =
  | { do: 'build'; projectId: string }
  | { do: 'push'; image: string; reference: string | undefined }
  | { do: 'theme'; theme: Theme }
  | { do: 'shortcuts' }
  | { do: 'sign-out' };

export interface PaletteEntry {
  /** `Page`, `Project`, `Build`, `Image`, `Action`. */
  kind: string;
  label: string;
  /** A place to go to. */
  href?: string;
  act?: PaletteAct;
}

const pages: PaletteEntry[] = [...mainDestinations, ...apartDestinations].map(({ label, href }) => ({
  kind: 'Page',
  label,
  href,
}));

const themes: [Theme, string][] = [
  ['light', 'Light theme'],
  ['dark', 'Dark theme'],
  ['system', 'Theme as the system has it'],
];

/** What the palette always offers to somebody: pages, and what can be done from everywhere. */
export function listCommands(user: { role: Role }): PaletteEntry[] {
  return [
    ...pages,
    ...(can(user, 'project:edit') ? [{ kind: 'Action', label: 'New project', href: '/projects/new' }] : []),
    ...(can(user, 'registry:edit')
      ? [{ kind: 'Action', label: 'Add a registry', href: '/registries/new' }]
      : []),
    { kind: 'Action', label: 'Keyboard shortcuts', act: { do: 'shortcuts' } },
    ...themes.map(([theme, label]): PaletteEntry => ({ kind: 'Action', label, act: { do: 'theme', theme } })),
    { kind: 'Page', label: 'Settings: account, password, notifications', href: '/settings/account' },
    ...(can(user, 'settings:read')
      ? [{ kind: 'Page', label: 'Settings: builds', href: '/settings/builds' }]
      : []),
    ...(can(user, 'user:read') ? [{ kind: 'Page', label: 'Settings: users', href: '/settings/users' }] : []),
    { kind: 'Action', label: 'Sign out', act: { do: 'sign-out' } },
  ];
}
