import 'server-only';
import { findSignedIn } from '@/lib/auth/login-session';
import type { Needs } from '@/lib/commands/caller';
import { may } from '@/lib/commands/authorize';

/** How long an open stream can outlive its permission. */
const checkEveryMs = 4000;

const isEndless = (response: Response) =>
  response.headers.get('content-type')?.startsWith('text/event-stream');

/** Wraps a body; an event stream ends when its login session or its permission does. Keeps backpressure. */
export function endWithAccess(
  response: Response,
  permission: Needs,
  token: string | null,
  every = checkEveryMs,
): ReadableStream<Uint8Array> | null {
  if (!response.body || permission === 'public' || !isEndless(response)) return response.body;
  const reader = response.body.getReader();
  let timer: NodeJS.Timeout;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = async () => {
          clearInterval(timer);
          await reader.cancel('access ended');
        };
        timer = setInterval(() => {
          findSignedIn(token, { watch: true }).then(
            (user) => (may(user, permission) ? undefined : end()),
            (error: unknown) => controller.error(error),
          );
        }, every).unref();
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          clearInterval(timer);
          controller.close();
        } catch (error) {
          clearInterval(timer);
          controller.error(error);
        }
      },
      async cancel(reason) {
        clearInterval(timer);
        await reader.cancel(reason);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
}
