import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { wait } from '@/lib/images/retry';
import { testContext } from '@/lib/operations/testing/context';
import { parseReference } from '@/lib/references/reference';
import { startFake } from '@/lib/registry/test-server';
import { forget } from '@/lib/remember';
import { pullWithRetries } from './pull-with-retries';

vi.mock('@/lib/images/retry', { spy: true });

const imageId = `sha256:${'1'.repeat(64)}`;
const layer = { status: 'Downloading', id: 'layer1', progressDetail: { current: 2000, total: 5000 } };
const unauthorized = { errorDetail: { message: 'unauthorized: authentication required' }, error: 'no' };

let engine: FakeEngine;
let registry: Awaited<ReturnType<typeof startFake>>;
/** The engine's records of each try; the last one again for all that follow. */
let tries: object[][];
let began: number;
/** How the registry answers to the manifest. */
let manifest: number;

beforeEach(async () => {
  forget('registry-engine-login');
  vi.mocked(wait).mockReset().mockResolvedValue();
  manifest = 200;
  registry = await startFake(({ url }, response) => {
    const known = url === '/v2/' ? 200 : url!.includes('/a/b/manifests/') ? manifest : 404;
    response.writeHead(known).end();
  });
  engine = await startFakeEngine();
  began = 0;
  engine.answer = (request, response) => {
    const isList = request.url!.endsWith('/history') || request.url!.includes('/containers/');
    if (request.method !== 'POST')
      return void response.end(
        JSON.stringify(isList ? [] : { Id: imageId, Size: 1, Os: 'linux', Architecture: 'amd64' }),
      );
    const records = tries[Math.min(began++, tries.length - 1)]!;
    response.end(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  };
});
afterEach(() => Promise.all([engine.close(), registry.stop()]));

async function pull() {
  let log = '';
  const context = testContext(engine.handle, {
    see: (event) => {
      if (event.type === 'log') log += event.text;
    },
  });
  const parsed = parseReference(`${registry.host}/a/b:1`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const credentials = { username: 'me', password: 'x' };
  const access = { host: registry.host, scheme: 'http', credentials } as const;
  const result = await pullWithRetries(context, parsed.reference, access).catch((error: unknown) => error);
  return { result, log };
}

it('asks for a fresh token when the one of the pull has expired', async () => {
  tries = [[layer, unauthorized], [{ status: 'Status: Downloaded newer image' }]];
  const { result, log } = await pull();
  expect(result).toEqual({ id: imageId });
  expect(log).toContain('Retry 1/5 in 0 s – token expired, a new one is asked for\n');
  expect(began).toBe(2);
});

it('says that the token expired where fresh ones expire, too', async () => {
  tries = [[layer, unauthorized]];
  expect((await pull()).result).toMatchObject({
    code: 'registry_failed',
    message: expect.stringMatching(/^The token .* for the pull expired .* after 5 retries\.$/) as string,
  });
  expect(began).toBe(6);
});

it.each([
  ['nothing came with it', [unauthorized], 200],
  ['the registry refuses it by now', [layer, unauthorized], 401],
])('a login is refused at once where %s', async (_, records, status) => {
  tries = [records];
  manifest = status;
  expect((await pull()).result).toMatchObject({ code: 'registry_denied' });
  expect(began).toBe(1);
});
