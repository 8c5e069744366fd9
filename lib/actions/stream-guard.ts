import 'server-only';
import { findSignedIn } from '@/lib/auth/login-session';
import type { Needs } from '@/lib/commands/caller';
import { may } from '@/lib/commands/authorize';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import { remember } from '@/lib/remember';

/** How long an open stream can outlive its permission. */
const checkEveryMs = 4000;
/** Maximum open event streams per user; each page has one or two. */
export const maxStreams = 100;

const isEndless = (response: Response) =>
  response.headers.get('content-type')?.startsWith('text/event-stream');

const openStreams = () => remember('open-streams', () => new Map<UserId, number>());

/** Counts a further stream of a user; the returned function ends it, once. */
function countStream(userId: UserId): () => void {
  const streams = openStreams();
  const count = streams.get(userId) ?? 0;
  if (count >= maxStreams)
    throw new AppError('rate_limited', 'Too many pages are open at once.', {
      hint: 'Close some of them, then load this one again.',
    });
  streams.set(userId, count + 1);
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    const left = (streams.get(userId) ?? 1) - 1;
    if (left > 0) streams.set(userId, left);
    else streams.delete(userId);
  };
}

interface Access {
  permission: Needs;
  token: string | null;
  userId: UserId | undefined;
  everyMs?: number;
}

/**
 * Wraps a body; an event stream ends when its login session or its permission does, and counts among its user's
 * streams. Keeps backpressure.
 */
export function endWithAccess(
  response: Response,
  { permission, token, userId, everyMs = checkEveryMs }: Access,
): ReadableStream<Uint8Array> | null {
  if (!response.body || permission === 'public' || !isEndless(response)) return response.body;
  const reader = response.body.getReader();
  let countOut = () => {};
  try {
    if (userId !== undefined) countOut = countStream(userId);
  } catch (error) {
    void reader.cancel(error);
    throw error;
  }
  let timer: NodeJS.Timeout;
  const finish = () => {
    clearInterval(timer);
    countOut();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = async () => {
          finish();
          await reader.cancel('access ended');
        };
        timer = setInterval(() => {
          findSignedIn(token, { watch: true }).then(
            (user) => (may(user, permission) ? undefined : end()),
            (error: unknown) => {
              finish();
              controller.error(error);
            },
          );
        }, everyMs).unref();
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          finish();
          controller.close();
        } catch (error) {
          finish();
          controller.error(error);
        }
      },
      async cancel(reason) {
        finish();
        await reader.cancel(reason);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
}
