import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';

/**
 * How often the engine was told to change something, by us: whoever keeps an answer of the engine keeps this number with
 * it, and asks again when it has moved.
 */
const calls = engineCache('changes', () => ({ count: 0 }));

export const changeCount = (engine: Engine): number => calls(engine).count;

export const countChange = (engine: Engine): void => {
  calls(engine).count += 1;
};
