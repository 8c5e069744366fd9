import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';

/**
 * The number of our calls that may have changed something in the engine. A cached answer is stored with this number,
 * and is outdated if the number has changed.
 */
const calls = engineCache('changes', () => ({ count: 0 }));

export const changeCount = (engine: Engine): number => calls(engine).count;

export const countChange = (engine: Engine): void => {
  calls(engine).count += 1;
};
