import { setTimeout as sleep } from 'node:timers/promises';
import { startClock } from '@/lib/clock';
import type { OperationEvent } from '@/lib/events/events';

interface Silence {
  step: string;
  /** `host[:port]` of the registry. */
  host: string;
  /** After so long without progress the step says so: first, and then again. */
  firstMs?: number;
  thenMs?: number;
}

const timeOf = (at: number) => `${new Date(at).toISOString().slice(11, 19)} UTC`;
const seconds = (ms: number) => Math.round(ms / 1000);

/** Waits for the next event, or for so long. */
async function within<T>(next: Promise<T>, ms: number): Promise<T | null> {
  const over = new AbortController();
  // The loser of the race: a wait that is aborted, or an event that is awaited again.
  const wait = sleep(ms, null, { signal: over.signal }).catch(() => null);
  try {
    return await Promise.race([next, wait]);
  } finally {
    over.abort();
  }
}

/**
 * The events of a transfer, and a line on its step while none come: since when, and who is waited for. An engine says
 * nothing when its registry does not answer, and waits for as long as the connection lasts.
 */
export async function* reportSilence(
  events: AsyncGenerator<OperationEvent, void, void>,
  { step, host, firstMs = 20_000, thenMs = 60_000 }: Silence,
): AsyncGenerator<OperationEvent, void, void> {
  const line = (text: string): OperationEvent => ({
    type: 'log',
    step,
    stream: 'stderr',
    at: Date.now(),
    text: `${text}\n`,
  });
  let clock = startClock();
  let since = clock();
  let said = false;
  let next: Promise<IteratorResult<OperationEvent, void>> | null = null;
  try {
    for (;;) {
      next ??= events.next();
      const result = await within(next, said ? thenMs : firstMs);
      if (result === null) {
        said = true;
        yield line(
          `Warning: nothing has moved since ${timeOf(since)} (${seconds(clock() - since)} s); waiting for ${host}.`,
        );
        continue;
      }
      if (result.done) return;
      if (said) yield line(`It moves again, after ${seconds(clock() - since)} s.`);
      said = false;
      clock = startClock();
      since = clock();
      next = null;
      yield result.value;
    }
  } finally {
    next?.catch(() => {}); // a reader who leaves during the silence does not wait for its end
    const closed = events.return().catch(() => {});
    if (!next) await closed;
  }
}
