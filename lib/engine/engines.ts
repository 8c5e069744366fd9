import 'server-only';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { type Engine, makeEngine } from './engine';

/** Of the engine that the environment names (LAYERWRIGHT_ENGINE, DOCKER_HOST). */
export const defaultEngineId = 'default';

const engines = () => remember('engines', () => new Map<string, Engine>());

/** The engine of a row's `engineId`. Always the same object, for its caches hang on it. */
export function getEngine(id: string): Engine {
  const known = engines().get(id);
  if (known) return known;
  if (id !== defaultEngineId) throw new AppError('not_found', `There is no engine ${id}.`);
  const engine = makeEngine({ id, address: env().engine });
  engines().set(id, engine);
  return engine;
}

/** For those that no row tells which engine is meant: pages, commands, start-up. */
export const defaultEngine = (): Engine => getEngine(defaultEngineId);
