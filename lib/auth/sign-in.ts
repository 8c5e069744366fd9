import 'server-only';
import { addressKey } from '@/lib/commands/limiter';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { startLoginSession } from './login-session';
import { verifyPassword } from './password';
import { countAttempt } from './rate-limit';
import { deleteLoginSession, findUserByName, keepNewestLoginSessions } from './store';

/** Addresses from which an account signed in: its owner has separate attempts there while others guess elsewhere. */
const knownAddresses = () => remember('known-places', () => new Set<string>());
const maxKnownAddresses = 10_000;
/** Of one user, with those that are over: these are refused by their times, and deleted by their number. */
const maxLoginSessions = 100;

const keyOf = (name: string, address: string) => `known ${name} ${addressKey(address)}`;

/** Verifies name and password and creates a login session. Returns the token for the cookie. */
export async function signIn(
  input: { name: string; password: string },
  client: { address: string; userAgent: string },
  oldSessionId: string | null,
): Promise<string> {
  const key = keyOf(input.name, client.address);
  const succeeded = countAttempt(knownAddresses().has(key) ? key : `sign-in ${input.name}`, client.address);
  const user = await findUserByName(input.name);
  const right = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt)
    throw new AppError('unauthenticated', 'The user name or password is wrong.');
  succeeded();
  if (knownAddresses().size >= maxKnownAddresses) knownAddresses().clear();
  knownAddresses().add(key);
  await keepNewestLoginSessions(user.id, maxLoginSessions - 1);
  if (oldSessionId) await deleteLoginSession(oldSessionId);
  return startLoginSession(user.id, client);
}

export async function signOut(sessionId: string): Promise<void> {
  await deleteLoginSession(sessionId);
}
