import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { callJson } from '@/lib/engine/wire/dial';
import type { OperationId } from '@/lib/ids';

/** BuildKit ends a cancelled build within a tenth of a second (measured); an engine that hangs never does. */
const graceMs = 5_000;

/** The request of a build, with the way to stop it. */
export interface StoppableRequest {
  /** For the request itself: aborts when asking nicely did not help. */
  signal: AbortSignal;
  /** Whether the engine ended the build by itself after the cancel. */
  confirmed: () => boolean;
  /** Call when the stream is over, whichever way. */
  release: () => void;
}

/**
 * BuildKit: `/build/cancel` ends the steps and the stream brings their last words. The answer to it proves nothing (it
 * is 200 for unknown ids too): only the end of the stream does.
 */
export function cancelByRequest(engine: Engine, buildId: OperationId, signal: AbortSignal): StoppableRequest {
  const request = new AbortController();
  const over = new AbortController();
  let forced = false;
  const stop = async () => {
    await callJson(engine, {
      method: 'POST',
      path: '/build/cancel',
      query: { id: buildId },
      timeoutMs: graceMs,
    }).catch(() => {
      // An engine that cannot be asked is cut off below.
    });
    await setTimeout(graceMs, undefined, { signal: over.signal });
    forced = true;
    request.abort();
  };
  // Rejects only when the stream ended in time.
  const onAbort = () => void stop().catch(() => {});
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: request.signal,
    confirmed: () => !forced,
    release() {
      over.abort();
      signal.removeEventListener('abort', onAbort);
    },
  };
}

export const notConfirmed = () =>
  new AppError('cancelled', 'Cancelled, but the engine did not confirm that the build ended.', {
    hint: "A command of the build may still run on the engine's host.",
  });
