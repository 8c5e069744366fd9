import 'server-only';
import { AppError } from '@/lib/errors';
import { currentEngine } from './engine-watch';

/**
 * Throws at once while the engine is known to be away: a page need not wait for a call to run out of time to say so.
 * The watch sees it come back within seconds, and pages then read again by themselves.
 */
export async function requireEngine(): Promise<void> {
  const engine = await currentEngine();
  if (engine.state === 'ready' || engine.state === 'too_old') return;
  const code = engine.state === 'denied' ? 'engine_denied' : 'engine_unreachable';
  throw new AppError(code, engine.message, { hint: engine.hint });
}
