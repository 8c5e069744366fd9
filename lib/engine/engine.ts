import type { EngineId } from '@/lib/ids';

/**
 * One Docker Engine, as a value: what talks to an engine takes it as its first argument. Whatever is kept about an engine
 * (its connection, facts, lists, watches) hangs on this object, so that two engines in one process share nothing.
 */
export interface Engine {
  /** `engineId` of operations and workbenches. */
  readonly id: EngineId;
  /** `unix:///path`, `tcp://host:port` or `ssh://user@host`. */
  readonly address: string;
  /** Values by the name of their cache; reached through `engineCache` only. */
  readonly caches: Map<string, unknown>;
}

export const makeEngine = ({ id, address }: Pick<Engine, 'id' | 'address'>): Engine => ({
  id,
  address,
  caches: new Map(),
});

/**
 * A value of each engine, made when it is first asked for. It is found by its name, which is unique in the code: Next gives
 * pages, actions and handlers copies of a module of their own.
 */
export function engineCache<T>(name: string, make: (engine: Engine) => T): (engine: Engine) => T {
  return (engine) => {
    if (!engine.caches.has(name)) engine.caches.set(name, make(engine));
    return engine.caches.get(name) as T;
  };
}
