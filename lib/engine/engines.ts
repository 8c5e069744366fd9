import 'server-only';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { EngineId } from '@/lib/ids';
import { type Engine, makeEngine } from './engine';

/** The engine of LAYERWRIGHT_ENGINE or DOCKER_HOST. */
export const defaultEngineId = 'default';

const engines = () => remember('engines', () => new Map<string, Engine>());

/** The engine of a row's `engineId`, if it is configured. Always the same object: its caches hang on it. */
export function findEngine(id: EngineId): Engine | undefined {
  if (id === defaultEngineId && !engines().has(id))
    engines().set(id, makeEngine({ id, address: env().engine, gate: env().gate || null }));
  return engines().get(id);
}

export function getEngine(id: EngineId): Engine {
  const engine = findEngine(id);
  if (!engine)
    throw new AppError('not_found', `The engine ${id} is not configured on this server.`, {
      hint: 'Its history stays readable. Add the engine again to continue.',
    });
  return engine;
}

/**
 * For pages, commands and start-up, where no row has an engine's id (engines.test.ts). Everything else takes
 * `getEngine(row.engineId)`.
 */
export const defaultEngine = (): Engine => getEngine(defaultEngineId);
