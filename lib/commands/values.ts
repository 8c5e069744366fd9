import { can } from './permissions';
import type { Role } from './roles';

/** Replaces a value that the reader may not see. */
export const hiddenValue = '••••••';

type Reader = { role: Role } | null;

/**
 * Values of environment variables and build arguments are often passwords: users with read permission see only the
 * names. Everything sent to a page or in a response is masked here; an empty value stays empty.
 */
export const readableValues = <Pair extends { value: string | null }>(
  user: Reader,
  pairs: readonly Pair[],
): Pair[] =>
  pairs.map((pair) => (can(user, 'value:read') || !pair.value ? pair : { ...pair, value: hiddenValue }));

/** The same for a text `NAME=value`. */
export const readableAssignments = (user: Reader, assignments: readonly string[]): string[] =>
  can(user, 'value:read')
    ? [...assignments]
    : assignments.map((text) => text.replace(/=[^]+$/, `=${hiddenValue}`));
