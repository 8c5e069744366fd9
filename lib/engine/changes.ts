import 'server-only';
import { remember } from '@/lib/remember';
import type { EngineEvent } from './events';

/**
 * How often the engine was told to change something, by us: whoever keeps an answer of the engine keeps this number with
 * it, and asks again when it has moved.
 */
const calls = () => remember('engine-changes', () => ({ count: 0 }));

export const changeCount = (): number => calls().count;

export const countChange = (): void => {
  calls().count += 1;
};

const ofContainers = new Set(['create', 'destroy', 'commit', 'rename', 'remove']);

/** Whether an event of the engine can change which images there are, or how many containers were made of each. */
export function touchesImages({ type, action }: Pick<EngineEvent, 'type' | 'action'>): boolean {
  if (type === 'container') return ofContainers.has(action);
  return type === 'image' || type === 'builder';
}
