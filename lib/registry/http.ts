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

interface Ask {
  url: URL;
  method?: 'GET' | 'HEAD';
  headers?: Record<string, string>;
  resolved: Resolved;
  /** `host[:port]` that selects the engine's certificate directory. */
  trustedAs: string;
  signal: AbortSignal;
  /** Maximum bytes of the body; more is an error. */
  maxBody?: number;
}

/** For token responses and error texts; manifests need more. */
const defaultMaxBytes = 64 * 1024;

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
}: Ask): Promise<Answer> {
  const secure = url.protocol === 'https:';
  const options: https.RequestOptions = {
    method,
    headers: { 'user-agent': 'layerwright', ...headers },
    agent: false,
    lookup: lookupOf(resolved),
    signal,
    // The engine does not verify certificates on 127.0.0.0/8, either.
    ...(secure &&
      (resolved.loopback ? { rejectUnauthorized: false } : { secureContext: await trustFor(trustedAs) })),
  };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = secure ? https.request(url, options) : http.request(url, options);
    request.once('response', resolve).once('error', reject).end();
  });
  const body = await readBody(response, maxBody ?? defaultMaxBytes);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body,
    protocol: secure ? 'https' : 'http',
  };
}
