import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { parseEngineAddress } from '@/lib/engine/wire/address';

/**
 * The host under which the browser reaches what the engine publishes: an engine on this machine by the host that this
 * page was asked from, another one by its own.
 */
export function publishedHost(engine: Engine, hostHeader: string | null): string {
  const address = parseEngineAddress(engine.address);
  if (address.scheme !== 'unix') return address.host;
  const asked = `http://${hostHeader ?? ''}`;
  return (URL.canParse(asked) && new URL(asked).hostname) || '127.0.0.1';
}
