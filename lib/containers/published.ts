import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { parseEngineAddress } from '@/lib/engine/wire/address';
import { env } from '@/lib/env';
import { isLoopbackHost } from '@/lib/references/host';
import type { PortHosts } from './choices';

/** A session's cookie may be on any loopback name that serves pages; this one serves none. */
const loopbackName = 'ports.localhost';

const hostOf = (hostHeader: string | null): string => {
  const url = `http://${hostHeader ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
};

/**
 * The hosts that decide whether a published port is a link. Never the page's own: cookies do not tell ports apart, so a
 * container there would be sent the login session of whoever opens it.
 */
export function portHosts(
  engine: Engine,
  hostHeader: string | null,
  configured = env().publishedHost,
): PortHosts {
  const page = hostOf(hostHeader);
  const address = parseEngineAddress(engine.address);
  const engineHost = address.scheme === 'unix' ? 'localhost' : address.host;
  const known = isLoopbackHost(engineHost) ? (isLoopbackHost(page) ? loopbackName : null) : engineHost;
  const published = configured || known;
  return { page, published: published === page ? null : published };
}
