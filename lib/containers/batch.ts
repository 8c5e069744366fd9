import { setTimeout as sleep } from 'node:timers/promises';

/** Yields what comes within `ms` together, and at the latest when it is `full`. Nothing is read ahead beyond one. */
export async function* batch<T>(
  source: AsyncGenerator<T, void, void>,
  ms: number,
  full: (items: readonly T[]) => boolean,
): AsyncGenerator<T[], void, void> {
  try {
    let next = source.next();
    for (;;) {
      const first = await next;
      if (first.done) return;
      const items = [first.value];
      const stop = new AbortController();
      const late = sleep(ms, 'late' as const, { signal: stop.signal }).catch(() => 'late' as const);
      next = source.next();
      while (!full(items)) {
        const got = await Promise.race([next, late]);
        if (got === 'late') break;
        if (got.done) break;
        items.push(got.value);
        next = source.next();
      }
      stop.abort();
      yield items;
    }
  } finally {
    void source.return(); // not awaited: it may wait for its own signal
  }
}
