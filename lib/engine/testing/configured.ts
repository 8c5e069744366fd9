import type { Engine } from '@/lib/engine/engine';
import { defaultEngineId } from '@/lib/engine/engines';
import { remember } from '@/lib/remember';

/** Configures an engine under its id. */
export function useEngine(engine: Engine): void {
  remember('engines', () => new Map<string, Engine>()).set(engine.id, engine);
}

/** Makes it the engine of pages, commands and start-up, as if the process had just started. */
export function useAsDefault(engine: Engine): void {
  remember('engines', () => new Map<string, Engine>()).set(defaultEngineId, engine);
}
