import 'server-only';
import { parseEngineAddress } from '@/lib/engine/wire/address';
import { engineAddress } from '@/lib/engine/wire/client';

/**
 * The host under which the browser reaches what the engine publishes: an engine on this machine by the host that this
 * page was asked from, another one by its own.
 */
export function publishedHost(hostHeader: string | null): string {
  const address = parseEngineAddress(engineAddress());
  if (address.scheme !== 'unix') return address.host;
  const asked = `http://${hostHeader ?? ''}`;
  return (URL.canParse(asked) && new URL(asked).hostname) || '127.0.0.1';
}
