import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { processClock } from '@/lib/clock';
import { tryToStore } from '@/lib/db/try-to-store';
import { AppError } from '@/lib/errors';
import type { CurrentUser } from '@/lib/commands/caller';
import type { UserId } from '@/lib/ids';
import type { LoginSessionSummary } from './schema';
import {
  deleteLoginSession,
  deleteLoginSessionsOf,
  findLoginSession,
  insertLoginSession,
  listLoginSessionsOf,
  touchLoginSession,
} from './store';

const hourMs = 3_600_000;
export const idleMs = 12 * hourMs;
export const maxAgeMs = 7 * 24 * hourMs;
/** Limits how often `lastSeenAt` is written. */
const touchEveryMs = 60_000;

/** Only the hash is stored: read access to the database is not enough to sign in. */
export const loginSessionId = (token: string): string => createHash('sha256').update(token).digest('hex');

interface SessionTimes {
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** From further ahead is a session of a time when the clock was wrong. */
const maxAheadMs = 24 * hourMs;

/** The machine's time now, and what it would be had the clock not been set. */
type Times = readonly [now: number, unset: number];
const times = (): Times => [Date.now(), processClock()];
const same = (now: number): Times => [now, now];

const isOverAt = ({ createdAt, lastSeenAt, expiresAt }: SessionTimes, now: number) =>
  now >= expiresAt.getTime() ||
  now - lastSeenAt.getTime() >= idleMs ||
  createdAt.getTime() - now > maxAheadMs;

/** Both must say so: a clock that was set, or that was wrong when the server started, signs nobody out. */
const isOver = (session: SessionTimes, now: Times) => now.every((time) => isOverAt(session, time));

/** Always a new token, also if the browser has one. Returns the cookie's value. */
export async function startLoginSession(
  userId: UserId,
  client: { address: string; userAgent: string },
  now = Date.now(),
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertLoginSession({
    id: loginSessionId(token),
    userId,
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    provedAt: new Date(now),
    expiresAt: new Date(now + maxAgeMs),
    address: client.address,
    userAgent: client.userAgent.slice(0, 300),
  });
  return token;
}

/** The user of a token, read from the database; `watch` does not update the last access. */
export async function findSignedIn(
  token: string | null,
  { watch = false, now }: { watch?: boolean; now?: number } = {},
): Promise<CurrentUser | null> {
  if (!token) return null;
  const session = await findLoginSession(loginSessionId(token));
  if (!session) return null;
  if (session.user.disabledAt) {
    await tryToStore(deleteLoginSession(session.id));
    return null;
  }
  // It is not deleted: a clock that is ahead may be set right again.
  if (isOver(session, now === undefined ? times() : same(now))) return null;
  const at = now ?? Date.now();
  if (!watch && Math.abs(at - session.lastSeenAt.getTime()) >= touchEveryMs)
    await tryToStore(touchLoginSession(session.id, new Date(at)));
  const { id, name, role } = session.user;
  return { id, name, role, loginSessionId: session.id, provedAt: session.provedAt?.getTime() ?? 0 };
}

/** The open login sessions of a user. */
export const listLoginSessions = async (user: CurrentUser): Promise<LoginSessionSummary[]> =>
  summariesOf(await listLoginSessionsOf(user.id), user);

/** Of all users, for administrators. */
export const listAllLoginSessions = async (user: CurrentUser): Promise<LoginSessionSummary[]> =>
  summariesOf(await listLoginSessionsOf(), user);

const summariesOf = (
  sessions: Awaited<ReturnType<typeof listLoginSessionsOf>>,
  user: CurrentUser,
): LoginSessionSummary[] =>
  sessions
    .filter((session) => !isOver(session, times()))
    .map((session) => ({
      id: session.id,
      userName: session.user.name,
      createdAt: session.createdAt.getTime(),
      lastSeenAt: session.lastSeenAt.getTime(),
      expiresAt: session.expiresAt.getTime(),
      address: session.address,
      userAgent: session.userAgent,
      current: session.id === user.loginSessionId,
    }));

/** Ends anybody's login session, for administrators. */
export async function endAnyLoginSession(id: string): Promise<void> {
  if (!(await deleteLoginSession(id)))
    throw new AppError('not_found', 'This login session has already ended.');
}

/** Ends one of the user's own login sessions; those of others count as missing. */
export async function revokeLoginSession(user: CurrentUser, id: string): Promise<void> {
  if (!(await deleteLoginSession(id, user.id)))
    throw new AppError('not_found', 'This login session has already ended.');
}

export const revokeOtherLoginSessions = (user: CurrentUser): Promise<number> =>
  deleteLoginSessionsOf(user.id, user.loginSessionId);
