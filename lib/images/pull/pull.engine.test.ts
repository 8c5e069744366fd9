import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { packTar } from '@/bin/tar.js';
import { useTestDatabase } from '@/lib/db/test-database';
import { importImage } from '@/lib/engine/images/archives';
import { findImage, removeImage } from '@/lib/engine/images/images';
import { pushImage } from '@/lib/engine/images/push';
import { describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { finish } from '@/lib/engine/testing/run';
import { wait } from '@/lib/images/retry';
import { cancelOperation } from '@/lib/operations/cancel';
import { follow } from '@/lib/operations/follow';
import { stopRunner } from '@/lib/operations/runner';
import { type Change, startBefore, startReal } from '@/lib/registry/test-server';
import { pullOperation, startPull } from './pull';

vi.mock('@/lib/images/retry', { spy: true });

const user = { id: 'u', name: 'ada' };
await useTestDatabase();
afterAll(() => stopRunner());

describeEngine('a pull from a real registry', () => {
  let real: Awaited<ReturnType<typeof startReal>>;
  const pulled: string[] = [];
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    real = await startReal();
    const name = `${real.host}/a/site:1`;
    const tar = packTar([{ path: 'data', type: 'file', content: randomBytes(2_000_000) }]);
    const body = { bytes: Readable.from([tar]), size: tar.length, read: () => tar.length };
    const request = {
      reference: name,
      temporary: 'lw-test-pull:part',
      changes: ['CMD ["/data"]'],
      message: '',
    };
    const made = await finish(importImage(engine, body, request, new AbortController().signal));
    expect(made.error).toBeNull();
    const { error } = await finish(pushImage(engine, name, null, new AbortController().signal));
    expect(error).toBeNull();
    await removeImage(engine, name, { force: false });
  });
  afterEach(async () => {
    vi.mocked(wait).mockReset();
    await Promise.all(stops.splice(0).map((stop) => stop()));
    for (const name of pulled.splice(0))
      if (await findImage(engine, name)) await removeImage(engine, name, { force: false });
  });
  afterAll(() => real.stop());

  const before = async (change: Change) => {
    const server = await startBefore(real.host, change);
    stops.push(server.stop);
    return server;
  };
  const quick = () => vi.mocked(wait).mockResolvedValue();

  async function pull(reference: string) {
    const id = await startPull(engine, { reference }, user);
    pulled.push(reference);
    let log = '';
    for await (const batch of follow(id, 0, AbortSignal.timeout(60_000)))
      for (const event of batch) if (event.type === 'log') log += event.text;
    const { operation, result } = await pullOperation.get(id);
    return { operation, result, log };
  }

  const isManifest = ({ url }: IncomingMessage) => url!.includes('/manifests/');
  const refuse =
    (status: number, headers: Record<string, string> = {}, times = Infinity): Change =>
    (request, response) => {
      if (!isManifest(request) || times-- <= 0) return false;
      response.writeHead(status, headers).end('{"errors":[{"code":"UNKNOWN","message":"busy"}]}');
      return true;
    };

  it('is tried again when the registry is busy, says so, and has the image', async () => {
    quick();
    // The engine asks at most twice before it gives up, then this server asks why.
    const { host } = await before(refuse(503, {}, 4));
    const { operation, result, log } = await pull(`${host}/a/site:1`);
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    expect(log).toContain('Retry 1/5 in 5 s – registry answered 503\n');
    expect(result).toMatchObject({ digest: expect.stringMatching(/^sha256:/) as string });
  });

  it('gives up after five retries with what the registry said', async () => {
    quick();
    const { host } = await before(refuse(500));
    const { operation, log } = await pull(`${host}/a/site:1`);
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'registry_failed' });
    expect(operation.errorMessage).toContain('Given up after 5 retries.');
    expect(log.match(/Retry \d\/5/g)).toEqual([1, 2, 3, 4, 5].map((retry) => `Retry ${retry}/5`));
  });

  it('waits as long as the registry asks, but not for a day', async () => {
    quick();
    let limited = true;
    let after = '7';
    const { host } = await before((request, response) => {
      if (!limited || !isManifest(request)) return false;
      // The second to ask is this server, which wants to know for how long.
      if (!request.headers['user-agent']?.startsWith('docker')) limited = false;
      response.writeHead(429, { 'retry-after': after }).end();
      return true;
    });
    const { operation, log } = await pull(`${host}/a/site:1`);
    expect(operation.status).toBe('succeeded');
    expect(log).toContain('Retry 1/5 in 7 s – registry answered 429');
    limited = true;
    after = '86400';
    expect((await pull(`${host}/a/site:1`)).operation).toMatchObject({
      status: 'failed',
      errorMessage: expect.stringContaining('asks to retry in 24 h. Pull again then.') as string,
    });
  });

  it.each([400, 403, 404])('is not repeated where the registry decided with %i', async (status) => {
    quick();
    const { host } = await before(refuse(status));
    expect((await pull(`${host}/a/site:1`)).operation.status).toBe('failed');
    expect(wait).not.toHaveBeenCalled();
  });

  it('is cancelled while it waits for a retry', async () => {
    const waiting = vi.fn<() => void>();
    vi.mocked(wait).mockImplementation((_seconds, signal) => {
      waiting();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const { host } = await before(refuse(503));
    const id = await startPull(engine, { reference: `${host}/a/site:1` }, user);
    await vi.waitFor(() => expect(waiting).toHaveBeenCalled(), { timeout: 20_000 });
    await cancelOperation(id, 'ada');
    await vi.waitFor(async () =>
      expect((await pullOperation.get(id)).operation).toMatchObject({ status: 'cancelled' }),
    );
  });
});
