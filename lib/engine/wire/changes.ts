import 'server-only';
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
