import 'server-only';
import { randomBytes } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { remember } from '@/lib/remember';

/**
 * Next hides the socket, and keeps an X-Forwarded-For that the client made up. The address of the socket therefore
 * travels in a header whose name nobody outside of this process can guess.
 */
export const peerHeader = (): string =>
  remember('peer-header', () => `x-peer-${randomBytes(16).toString('hex')}`);

/** A name that no allow-list has: for requests that are unclear about the host they mean. */
const unclearHost = 'unclear.invalid';

export function notePeer(request: IncomingMessage): void {
  let hosts = 0;
  for (let at = 0; at < request.rawHeaders.length; at += 2)
    if (request.rawHeaders[at]!.toLowerCase() === 'host') hosts++;
  // Node keeps the first of several Host lines, and leaves an absolute request line (`GET http://other/`) unread.
  if (hosts !== 1 || !request.url?.startsWith('/')) request.headers.host = unclearHost;
  request.headers[peerHeader()] = request.socket.remoteAddress ?? '';
}

/** Called once at start, in the process that serves. */
export function watchPeers(): void {
  remember('peer-watch', () => {
    const onStart = (message: unknown) => notePeer((message as { request: IncomingMessage }).request);
    diagnostics.subscribe('http.server.request.start', onStart);
    return onStart;
  });
}
