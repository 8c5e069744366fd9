import 'server-only';
import type { CurrentUser } from '@/lib/commands/caller';
import { addressKey } from '@/lib/commands/limiter';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { startLoginSession } from './login-session';
import { verifyPassword } from './password';
import { countAttempt } from './rate-limit';
import { deleteLoginSession, findUserByName, keepNewestLoginSessions, updateProof } from './store';

/** Addresses from which an account signed in: its owner has separate attempts there while others guess elsewhere. */
const knownAddresses = () => remember('known-places', () => new Set<string>());
const maxKnownAddresses = 10_000;
/** Of one user, with those that are over: these are refused by their times, and deleted by their number. */
const maxLoginSessions = 100;

const keyOf = (name: string, address: string) => `known ${name} ${addressKey(address)}`;

/** The user of a name and a password; null for a wrong one, which counts against the account and the address. */
async function verify({ name, password }: { name: string; password: string }, address: string) {
  const key = keyOf(name, address);
  const succeeded = countAttempt(knownAddresses().has(key) ? key : `sign-in ${name}`, address);
  const user = await findUserByName(name);
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt) return null;
  succeeded();
  if (knownAddresses().size >= maxKnownAddresses) knownAddresses().clear();
  knownAddresses().add(key);
  return user;
}

/** Verifies name and password and creates a login session. Returns the token for the cookie. */
export async function signIn(
  input: { name: string; password: string },
  client: { address: string; userAgent: string },
  oldSessionId: string | null,
): Promise<string> {
  const user = await verify(input, client.address);
  if (!user) throw new AppError('unauthenticated', 'The user name or password is wrong.');
  await keepNewestLoginSessions(user.id, maxLoginSessions - 1);
  if (oldSessionId) await deleteLoginSession(oldSessionId);
  return startLoginSession(user.id, client);
}

/** For dangerous acts: verifies the password of the user again, as at sign-in. */
export async function provePassword(
  { name, loginSessionId }: CurrentUser,
  password: string,
  client: { address: string },
): Promise<void> {
  if (!(await verify({ name, password }, client.address)))
    throw new AppError('forbidden', undefined, { fields: { password: 'This is not your password.' } });
  await updateProof(loginSessionId, new Date());
}

export async function signOut(sessionId: string): Promise<void> {
  await deleteLoginSession(sessionId);
}
