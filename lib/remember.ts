const kept = ((globalThis as { __layerwright?: Map<string, unknown> }).__layerwright ??= new Map());

/** One value per process and name: Next bundles pages, actions and handlers with their own copies of a module. */
export function remember<T>(name: string, make: () => T): T {
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}

/** Drops a value; the next call creates it again. */
export const forget = (name: string): boolean => kept.delete(name);
