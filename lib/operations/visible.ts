import 'server-only';
import { can, type Permission } from '@/lib/commands/permissions';
import type { Role } from '@/lib/commands/roles';
import { findKind } from './kinds';
import type { Pulse } from './schema';

type Reader = { role: Role };

/** What reading an operation of a kind asks for. */
export const readPermission = (kind: string): Permission => findKind(kind)?.read ?? 'operation:read';

export const mayRead = (user: Reader, { kind }: { kind: string }): boolean =>
  can(user, 'operation:read') && can(user, readPermission(kind));

/** What cancelling an operation of a kind asks for beside `operation:cancel`. */
export const cancelPermissions = (kind: string): Permission[] => {
  const permission = findKind(kind)?.cancel;
  return permission ? [permission] : [];
};

export const mayCancel = (user: Reader, { kind }: { kind: string }): boolean =>
  ['operation:cancel' as const, ...cancelPermissions(kind)].every((permission) => can(user, permission));

/** The pulse without what somebody may not read. */
export const visiblePulse = (pulse: Pulse, user: Reader): Pulse => ({
  ...pulse,
  active: pulse.active.filter((operation) => mayRead(user, operation)),
  containers: can(user, 'container:read') ? pulse.containers : 0,
  images: can(user, 'image:read') ? pulse.images : 0,
});
