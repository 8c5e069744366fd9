import 'server-only';

type Source<T> = AsyncGenerator<T, void, void>;

/**
 * Yields what any of the sources has next. Each source is asked for its next value only when its last was taken.
 * Not by Promise.race: each race would hold its value until the slowest source answers, for a heartbeat 15 seconds.
 */
export async function* merge<T>(sources: readonly Source<T>[]): AsyncGenerator<T, void, void> {
  const open = new Set(sources);
  const answers: (() => { source: Source<T>; next: IteratorResult<T, void> })[] = [];
  let wake = () => {};
  const ask = (source: Source<T>) => {
    const take = (answer: (typeof answers)[number]) => {
      answers.push(answer);
      wake();
    };
    source.next().then(
      (next) => take(() => ({ source, next })),
      (error: unknown) =>
        take(() => {
          throw error;
        }),
    );
  };
  for (const source of sources) ask(source);
  try {
    while (open.size) {
      const answer = answers.shift();
      if (!answer) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const { source, next } = answer();
      if (next.done) open.delete(source);
      else {
        ask(source);
        yield next.value;
      }
    }
  } finally {
    // Not awaited: a source that waits for its signal would hold the others.
    for (const source of open) void source.return();
  }
}
