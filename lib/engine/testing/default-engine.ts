import type { Engine } from '@/lib/engine/engine';
import { remember } from '@/lib/remember';

/** Makes it the engine of pages, commands and operations, as if the process had just started. */
export function useAsDefault(engine: Engine): void {
  remember('engines', () => new Map<string, Engine>()).set('default', engine);
}
