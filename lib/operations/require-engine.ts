import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { currentEngine } from '@/lib/engine/system/watch';

/**
 * Throws at once while the engine is known to be away: a page need not wait for a call to run out of time to say so.
 * The watch sees it come back within seconds, and pages then read again by themselves.
 */
export async function requireEngine(engine: Engine): Promise<void> {
  const status = await currentEngine(engine);
  if (status.state === 'ready' || status.state === 'too_old') return;
  const code = status.state === 'denied' ? 'engine_denied' : 'engine_unreachable';
  throw new AppError(code, status.message, { hint: status.hint });
}
