import { can } from '@/lib/commands/permissions';
import type { Role } from '@/lib/commands/roles';
import type { Theme } from '@/lib/format/theme';
import type { ProjectId } from '@/lib/ids';
import { apartDestinations, mainDestinations } from './navigation';

/** The action of an entry that is not a link. */
export type PaletteAct =
  | { do: 'build'; projectId: ProjectId }
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
  ['system', 'System theme'],
];

/** The entries that do not depend on the query: pages, and actions available everywhere. */
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
    ...(can(user, 'audit:read')
      ? [{ kind: 'Page', label: 'Settings: audit log', href: '/settings/audit' }]
      : []),
    ...(can(user, 'user:read') ? [{ kind: 'Page', label: 'Settings: users', href: '/settings/users' }] : []),
    { kind: 'Action', label: 'Sign out', act: { do: 'sign-out' } },
  ];
}
