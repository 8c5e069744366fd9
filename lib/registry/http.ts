import 'server-only';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Resolved } from './addresses';
import { trustFor } from './trust';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
  protocol: 'https' | 'http';
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';

interface Ask {
  url: URL;
  method?: Method;
  headers?: Record<string, string>;
  resolved: Resolved;
  /** `host[:port]` that selects the engine's certificate directory. */
  trustedAs: string;
  signal: AbortSignal;
  /** Maximum bytes of the body; more is an error. */
  maxBody?: number;
  /** Announces a body of so many bytes and does not send it: status 100 means that it would be read. */
  announcedBytes?: number;
}

/** For token responses and error texts; manifests need more. */
const defaultMaxBytes = 64 * 1024;

/** A server that knows no `Expect` waits for the body. */
const announcementTimeoutMs = 3000;

const accepted = (protocol: Answer['protocol']): Answer => ({
  status: 100,
  headers: {},
  body: Buffer.alloc(0),
  protocol,
});

const lookupOf =
  ({ addresses }: Resolved): LookupFunction =>
  (_hostname, options, done) => {
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    return done(null, first!.address, first!.family);
  };

async function readBody(response: http.IncomingMessage, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) throw new Error(`The answer is larger than ${max} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A request on its own connection. Does not follow redirects. */
export async function ask({
  url,
  method = 'GET',
  headers,
  resolved,
  trustedAs,
  signal,
  maxBody,
  announcedBytes,
}: Ask): Promise<Answer> {
  const secure = url.protocol === 'https:';
  const options: https.RequestOptions = {
    method,
    headers: {
      'user-agent': 'layerwright',
      ...headers,
      ...(announcedBytes !== undefined && {
        'content-type': 'application/octet-stream',
        'content-length': String(announcedBytes),
        expect: '100-continue',
      }),
    },
    agent: false,
    lookup: lookupOf(resolved),
    signal,
    // The engine does not verify certificates on 127.0.0.0/8, either.
    ...(secure &&
      (resolved.loopback ? { rejectUnauthorized: false } : { secureContext: await trustFor(trustedAs) })),
  };
  const protocol = secure ? 'https' : 'http';
  const request = secure ? https.request(url, options) : http.request(url, options);
  const response = await new Promise<http.IncomingMessage | null>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    if (announcedBytes === undefined) return request.end();
    request.once('continue', () => resolve(null)).setTimeout(announcementTimeoutMs, () => resolve(null));
    request.flushHeaders();
  });
  if (!response) {
    request.destroy();
    return accepted(protocol);
  }
  const body = await readBody(response, maxBody ?? defaultMaxBytes);
  request.destroy(); // of one that was only announced
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body,
    protocol,
  };
}
