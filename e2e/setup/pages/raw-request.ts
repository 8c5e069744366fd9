import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { App, RunningApp } from '@/e2e/setup/app';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface RawRequest {
  method?: string;
  /** Flat list of names and values, for headers that occur twice. */
  headers?: OutgoingHttpHeaders | string[];
  body?: string | Buffer;
  /** Local address in 127.0.0.0/8 to connect from. */
  from?: string;
}

/** A request exactly as given, which neither a browser nor fetch would send: any Host, any Origin, no cookies. */
export function ask(app: RunningApp, path: string, { method = 'GET', headers, body, from }: RawRequest = {}) {
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

/** Like `ask`, for a path to which Next's router adds its own query parameter by a redirect. */
export async function askAsRouter(app: App, path: string, request: RawRequest): Promise<RawAnswer> {
  const answer = await ask(app, path, request);
  const { location } = answer.headers;
  return location?.includes('_rsc') && location !== path ? askAsRouter(app, location, request) : answer;
}

/** The headers that the page of a signed-in browser sends. */
export const asBrowser = (app: RunningApp, cookie?: string): Record<string, string> => ({
  origin: app.url,
  'sec-fetch-site': 'same-origin',
  ...(cookie && { cookie }),
});
