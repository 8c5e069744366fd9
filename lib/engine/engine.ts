import type { EngineId } from '@/lib/ids';

/**
 * The handle of a Docker Engine: the first argument of every function that calls it. All state of an engine
 * (connection, facts, lists, watch) is stored in its handle, so two engines in one process share nothing.
 */
export interface Engine {
  /** `engineId` of operations and workbenches. */
  readonly id: EngineId;
  /** `unix:///path`, `tcp://host:port` or `ssh://user@host`. */
  readonly address: string;
  /** Address of the gate that is dialled in place of the engine; null: the engine itself is. */
  readonly gate: string | null;
  /** Values by the name of their cache; only `engineCache` uses it. */
  readonly caches: Map<string, unknown>;
}

export const makeEngine = ({
  id,
  address,
  gate = null,
}: Pick<Engine, 'id' | 'address'> & Partial<Pick<Engine, 'gate'>>): Engine => ({
  id,
  address,
  gate,
  caches: new Map(),
});

/**
 * A value per engine, created on first use. It is found by name, unique in the code, because pages, actions and
 * handlers have separate copies of a module in Next.
 */
export function engineCache<T>(name: string, make: (engine: Engine) => T): (engine: Engine) => T {
  return (engine) => {
    if (!engine.caches.has(name)) engine.caches.set(name, make(engine));
    return engine.caches.get(name) as T;
  };
}
