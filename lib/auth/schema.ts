import { z } from 'zod';
import { roles, type Role } from '@/lib/commands/roles';

export const roleSchema = z.enum(roles, 'Choose one of the roles.');

/** Lower case, so that no two accounts differ only by case. */
const userName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'Enter a user name.')
  .max(64, 'A user name has at most 64 characters.')
  .regex(
    /^[a-z0-9][a-z0-9._-]*$/,
    'Use letters, digits, dot, dash and underscore; begin with a letter or digit.',
  );

/** UTF-16 units. Longer than any password that can be chosen (password-policy.ts); limits what is hashed. */
const maxEnteredCharacters = 1024;

/** Checks presence and size only; password-policy.ts applies where a password is chosen. */
export const enteredPassword = z
  .string()
  .min(1, 'Enter the password.')
  .max(maxEnteredCharacters, 'The password is too long.');

export const signInInput = z.object({
  name: z.string().trim().toLowerCase().min(1, 'Enter your user name.').max(256),
  password: enteredPassword,
});

const repeated = <S extends z.ZodRawShape>(shape: S) =>
  z.object({ ...shape, password: enteredPassword, again: z.string().max(maxEnteredCharacters) });

export const setUpInput = repeated({
  token: z.string().trim().min(1, 'Enter the set-up code.').max(256),
  name: userName,
});
export const addUserInput = repeated({ name: userName, role: roleSchema });
export const changePasswordInput = repeated({ current: enteredPassword });
export const confirmPasswordInput = z.object({ password: enteredPassword });
export const resetPasswordInput = repeated({ id: z.string().min(1).max(64) });
export const userIdInput = z.object({ id: z.string().min(1).max(64) });
export const changeRoleInput = z.object({ id: z.string().min(1).max(64), role: roleSchema });
export const loginSessionIdInput = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) });

export interface UserSummary {
  id: string;
  name: string;
  role: Role;
  createdAt: number;
  disabledAt: number | null;
  lastSeenAt: number | null;
}

export interface LoginSessionSummary {
  id: string;
  userName: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  address: string;
  userAgent: string;
  current: boolean;
}
