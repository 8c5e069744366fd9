import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { parseReference } from '@/lib/references/reference';
import { findPullAnswer, findPushAnswer } from './ask-transfer';
import { startFake } from './test-server';

type Change = (request: IncomingMessage, response: ServerResponse) => boolean;

let stop = () => Promise.resolve();
afterEach(() => stop());

/** A registry in which nothing is stored, and that takes everything but what `change` answers. */
async function start(change: Change, location = '/v2/a/b/blobs/uploads/1?state=x') {
  const server = await startFake((request, response) => {
    if (change(request, response)) return;
    const { method, url } = request;
    if (url === '/v2/') response.end('{}');
    else if (method === 'POST') response.writeHead(202, { location }).end();
    else if (method === 'DELETE') response.writeHead(204).end();
    else if (method === 'PATCH') response.writeContinue();
    else response.writeHead(404).end();
  });
  stop = server.stop;
  const parsed = parseReference(`${server.host}/a/b:1`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const access = { host: server.host, scheme: 'http', credentials: null } as const;
  return {
    ...server,
    ask: (bytes: number | null = null) => findPushAnswer(access, parsed.reference, bytes),
    askToPull: () => findPullAnswer(access, parsed.reference),
  };
}

const limited =
  (fits: (request: IncomingMessage) => boolean): Change =>
  (request, response) => {
    if (!fits(request)) return false;
    response.writeHead(429, { 'retry-after': '7' }).end();
    return true;
  };

it.each<[string, (request: IncomingMessage) => boolean]>([
  ['/v2/', ({ url }) => url === '/v2/'],
  ['manifests', ({ url }) => url!.includes('/manifests/')],
  ['blobs', ({ method, url }) => method === 'HEAD' && url!.includes('/blobs/')],
  ['uploads', ({ method }) => method === 'POST'],
  ['bytes', ({ method }) => method === 'PATCH'],
])('finds Retry-After at %s', async (_, fits) => {
  const { ask } = await start(limited(fits));
  expect(await ask(100)).toEqual({ status: 429, retryAfterSeconds: 7 });
});

it.each<[string, (request: IncomingMessage) => boolean]>([
  ['/v2/', ({ url }) => url === '/v2/'],
  ['manifests', ({ url }) => url === '/v2/a/b/manifests/1'],
  ['blobs', ({ url }) => url!.includes('/blobs/')],
])('finds Retry-After of a pull at %s, and asks for nothing but heads', async (_, fits) => {
  const { askToPull, seen } = await start(limited(fits));
  expect(await askToPull()).toEqual({ status: 429, retryAfterSeconds: 7 });
  expect(seen.every(({ method, url }) => method === 'HEAD' || url === '/v2/')).toBe(true);
});

it('announces a layer to learn that it is too large, sends no byte of it, and cancels the upload', async () => {
  let bytes = 0;
  const { ask, seen } = await start((request, response) => {
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    const tooLarge = Number(request.headers['content-length'] ?? 0) > 1000;
    if (tooLarge) response.writeHead(413).end();
    return tooLarge;
  });
  expect(await ask(5e9)).toEqual({ status: 413, retryAfterSeconds: null });
  expect(bytes).toBe(0);
  expect(seen.at(-1)).toMatchObject({ method: 'DELETE', url: '/v2/a/b/blobs/uploads/1?state=x' });
  expect(await ask(500)).toBeNull();
});

it('stays at the registry wherever the location of an upload leads', async () => {
  const { ask, seen } = await start(() => false, 'http://127.0.0.1:9/elsewhere');
  expect(await ask(10)).toBeNull();
  expect(seen.at(-1)).toMatchObject({ method: 'DELETE', url: '/elsewhere' });
});

it('finds nothing where the registry is well, or away', async () => {
  const { ask, seen, stop: close } = await start(() => false);
  expect(await ask()).toBeNull();
  expect(seen.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'HEAD', 'POST', 'DELETE']);
  await close();
  stop = () => Promise.resolve();
  expect(await ask()).toBeNull();
});
