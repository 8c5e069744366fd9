import 'server-only';
import { AppError, type ErrorDetails } from '@/lib/errors';
import type { Needs } from './caller';
import { can, type Permission } from './permissions';
import type { Role } from './roles';

/** An additional permission that an input needs, with the error message if it is missing. */
export type Demand =
  Permission | { permission: Permission; message: string; fields?: ErrorDetails['fields'] };

export const permissionOf = (demand: Demand): Permission =>
  typeof demand === 'string' ? demand : demand.permission;

export const may = (user: { role: Role } | null, needs: Needs): boolean =>
  needs === 'public' || (needs === 'signed-in' ? user !== null : can(user, needs));

export function authorize(user: { role: Role } | null, needs: Needs): void {
  if (!may(user, needs)) throw new AppError(user ? 'forbidden' : 'unauthenticated');
}

export function authorizeDemand(user: { role: Role } | null, demand: Demand): void {
  if (can(user, permissionOf(demand))) return;
  if (typeof demand === 'string') throw new AppError('forbidden');
  throw new AppError('forbidden', demand.message, { fields: demand.fields });
}
