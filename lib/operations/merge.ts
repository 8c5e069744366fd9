import 'server-only';

/** Yields what any of the sources has next. Each source is asked for its next value only when its last was taken. */
export async function* merge<T>(sources: AsyncGenerator<T, void, void>[]): AsyncGenerator<T, void, void> {
  const ask = (source: AsyncGenerator<T, void, void>) => source.next().then((next) => ({ source, next }));
  const pending = new Map(sources.map((source) => [source, ask(source)]));
  try {
    while (pending.size) {
      const { source, next } = await Promise.race(pending.values());
      if (next.done) pending.delete(source);
      else {
        pending.set(source, ask(source));
        yield next.value;
      }
    }
  } finally {
    // Not awaited: a source that waits for its signal would hold the others.
    for (const source of pending.keys()) void source.return();
  }
}
