import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { App } from '@/e2e/setup/app';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface RawRequest {
  method?: string;
  /** A flat list of names and values where one stands twice. */
  headers?: OutgoingHttpHeaders | string[];
  body?: string | Buffer;
  /** Another address of this machine's to ask from, 127.0.0.0/8. */
  from?: string;
}

/** A request exactly as written, which neither a browser nor fetch would send: any Host, any Origin, no cookies. */
export function ask(app: App, path: string, { method = 'GET', headers, body, from }: RawRequest = {}) {
  const { hostname, port, host } = new URL(app.url);
  return new Promise<RawAnswer>((resolve, reject) => {
    const request = http.request(
      {
        hostname,
        port,
        path,
        method,
        headers: Array.isArray(headers)
          ? headers
          : { host, ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
        localAddress: from,
        agent: false,
        timeout: 30_000,
      },
      (response) => {
        const { statusCode = 0, headers: answered } = response;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: statusCode, headers: answered, text }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer`)));
    request.on('error', reject);
    request.end(body);
  });
}

/** As `ask`; goes where Next's router has to ask first: it wants a mark of its own in the address. */
export async function askAsRouter(app: App, path: string, request: RawRequest): Promise<RawAnswer> {
  const answer = await ask(app, path, request);
  const { location } = answer.headers;
  return location?.includes('_rsc') && location !== path ? askAsRouter(app, location, request) : answer;
}

/** What the page of a signed-in browser sends with its own requests. */
export const asBrowser = (app: App, cookie?: string): Record<string, string> => ({
  origin: app.url,
  'sec-fetch-site': 'same-origin',
  ...(cookie && { cookie }),
});
