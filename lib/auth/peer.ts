import 'server-only';
import { randomBytes } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { remember } from '@/lib/remember';

/**
 * Next does not expose the socket, and keeps an X-Forwarded-For set by the client. So the peer address is passed in a
 * header whose name cannot be guessed outside this process.
 */
export const peerHeader = (): string =>
  remember('peer-header', () => `x-peer-${randomBytes(16).toString('hex')}`);

/** A host that is never allowed, for requests with an ambiguous host. */
const unclearHost = 'unclear.invalid';

/**
 * A path that Next accepts: only the path of an absolute request line, and a path without a page for an invalid one.
 */
function readablePath(url: string): string {
  const path = url.startsWith('/') ? url : URL.canParse(url) ? new URL(url).pathname : '/';
  try {
    decodeURIComponent(path.split('?', 1)[0]!);
    return path;
  } catch {
    return path.startsWith('/api/') ? '/api/undecodable' : '/undecodable';
  }
}

export function notePeer(request: IncomingMessage): void {
  let hosts = 0;
  for (let at = 0; at < request.rawHeaders.length; at += 2)
    if (request.rawHeaders[at]!.toLowerCase() === 'host') hosts++;
  // Node keeps the first of several Host headers, and ignores the host of an absolute request line (`GET
  // http://other/`).
  if (hosts !== 1 || !request.url?.startsWith('/')) request.headers.host = unclearHost;
  request.url = readablePath(request.url ?? '/');
  // Next responds to both with its own error: https://fetch.spec.whatwg.org/#forbidden-method
  if (request.method === 'TRACE' || request.method === 'TRACK') request.method = 'OPTIONS';
  request.headers[peerHeader()] = request.socket.remoteAddress ?? '';
}

/** Called once at start-up in the server process. */
export function watchPeers(): void {
  remember('peer-watch', () => {
    const onStart = (message: unknown) => notePeer((message as { request: IncomingMessage }).request);
    diagnostics.subscribe('http.server.request.start', onStart);
    return onStart;
  });
}
