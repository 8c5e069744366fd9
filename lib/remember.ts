const kept = ((globalThis as { __layerwright?: Map<string, unknown> }).__layerwright ??= new Map());

/** One value per process and name: Next gives pages, actions and handlers copies of a module of their own. */
export function remember<T>(name: string, make: () => T): T {
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}

/** Drops a value, so that the next call makes it anew. */
export const forget = (name: string): boolean => kept.delete(name);
