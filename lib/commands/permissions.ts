import { type Role, roles } from './roles';

/** All permissions, each with the lowest role that has it. */
export const permissions = {
  'project:read': { label: 'See projects and their files', role: 'viewer' },
  'project:edit': { label: 'Create and change projects', role: 'builder' },
  'project:delete': { label: 'Delete projects', role: 'builder' },
  'upload:write': { label: 'Upload files', role: 'builder' },
  'build:read': { label: 'See builds and their logs', role: 'viewer' },
  'build:start': { label: 'Start builds', role: 'builder' },
  'build:cancel': { label: 'Cancel builds', role: 'builder' },
  'build:delete': { label: 'Delete builds from the history', role: 'builder' },
  'image:read': { label: 'See images and their layers', role: 'viewer' },
  'image:tag': { label: 'Tag and untag images', role: 'builder' },
  'image:remove': { label: 'Remove images', role: 'builder' },
  'commit:start': { label: 'Commit containers as images', role: 'builder' },
  'image:pull': { label: 'Pull images from registries', role: 'builder' },
  'image:load': { label: 'Load and import images from files', role: 'builder' },
  'image:save': { label: 'Download images as archives', role: 'builder' },
  'container:read': { label: 'See containers and their output', role: 'viewer' },
  'container:start': { label: 'Run images; start, stop, restart and kill containers', role: 'builder' },
  'value:read': {
    label: 'See values of environment variables and build arguments',
    role: 'builder',
  },
  'host:use': {
    label: 'Let containers and builds reach the engine’s host: its folders, network and devices',
    role: 'admin',
  },
  'container:remove': { label: 'Remove containers', role: 'builder' },
  'workbench:read': { label: 'See workbenches and watch their terminals', role: 'viewer' },
  'workbench:start': { label: 'Start workbenches, and shells in containers', role: 'builder' },
  'workbench:type': { label: 'Type into workbenches, put files in and take them out', role: 'builder' },
  'workbench:remove': { label: 'Remove workbenches with their containers', role: 'builder' },
  'push:start': { label: 'Push images to registries', role: 'builder' },
  'registry:read': { label: 'See registries (never their passwords)', role: 'viewer' },
  'registry:edit': { label: 'Add, change and remove registries', role: 'admin' },
  'operation:read': { label: 'View operations', role: 'viewer' },
  'operation:cancel': { label: 'Cancel operations', role: 'builder' },
  'engine:read': { label: 'See the engine', role: 'viewer' },
  'engine:prune': { label: 'Remove stopped containers, unused volumes and build cache', role: 'builder' },
  'settings:read': { label: 'See the settings', role: 'admin' },
  'settings:edit': { label: 'Change the settings', role: 'admin' },
  'audit:read': { label: 'See, export and verify the audit log', role: 'admin' },
  'user:read': { label: 'See the users', role: 'admin' },
  'user:edit': { label: 'Add, change and delete users', role: 'admin' },
  'account:edit': { label: 'Change your password and login sessions', role: 'viewer' },
} as const satisfies Record<string, { label: string; role: Role }>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as Permission[];

/** The only function that decides on permissions. */
export function can(user: { role: Role } | null | undefined, permission: Permission): boolean {
  if (!user || !Object.hasOwn(permissions, permission)) return false;
  return roles.indexOf(user.role) >= roles.indexOf(permissions[permission].role);
}
