import 'server-only';
import { z } from 'zod';
import { remember } from '@/lib/remember';

/**
 * How often the engine was told to change something, by us: whoever keeps an answer of the engine keeps this number with
 * it, and asks again when it has moved.
 */
const calls = () => remember('engine-changes', () => ({ count: 0 }));

export const changeCount = (): number => calls().count;

export const countChange = (): void => {
  calls().count += 1;
};

export const engineEvent = z.looseObject({
  Type: z.string().catch(''),
  Action: z.string().catch(''),
});

const ofContainers = new Set(['create', 'destroy', 'commit', 'rename', 'remove']);

/** Whether an event of the engine can change which images there are, or how many containers were made of each. */
export function touchesImages({ Type, Action }: z.output<typeof engineEvent>): boolean {
  if (Type === 'container') return ofContainers.has(Action);
  return Type === 'image' || Type === 'builder';
}
