import { can } from './permissions';
import type { Role } from './roles';

/** Stands for a value that its reader may not see. */
export const hiddenValue = '••••••';

type Reader = { role: Role } | null;

/**
 * What people gave to environment variables and build arguments is often a password: who may only look sees the names.
 * Whatever goes to a page or an answer passes here; an empty value stays empty.
 */
export const readableValues = <Pair extends { value: string | null }>(
  user: Reader,
  pairs: readonly Pair[],
): Pair[] =>
  pairs.map((pair) => (can(user, 'value:read') || !pair.value ? pair : { ...pair, value: hiddenValue }));

/** The same for `NAME=value` in one text. */
export const readableAssignments = (user: Reader, assignments: readonly string[]): string[] =>
  can(user, 'value:read')
    ? [...assignments]
    : assignments.map((text) => text.replace(/=[^]+$/, `=${hiddenValue}`));
