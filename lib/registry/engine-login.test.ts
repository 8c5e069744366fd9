import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forget } from '@/lib/remember';
import type { RegistryAccess } from './access';
import { resolveHost } from './addresses';
import { loginForEngine } from './engine-login';
import { startFake } from './test-server';

vi.mock('./addresses', { spy: true });

const credentials = { username: 'me', password: 'canary-Pa+/55?' };
const stops: (() => Promise<void>)[] = [];

async function registry(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = await startFake(answer);
  stops.push(server.stop);
  const access: RegistryAccess = { host: server.host, scheme: 'auto', credentials };
  return { ...server, access };
}

const challenging = (header: (request: IncomingMessage) => string | null) =>
  registry((request, response) => {
    const value = header(request);
    if (value) response.writeHead(401, { 'www-authenticate': value }).end();
    else response.writeHead(200).end('{}');
  });

let evil: Awaited<ReturnType<typeof registry>>;
beforeEach(async () => {
  forget('registry-engine-login');
  evil = await registry((_, response) => response.end('{"token":"x"}'));
});
afterEach(async () => {
  vi.mocked(resolveHost).mockReset();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
const foreign = () => `Bearer realm="http://localhost:${evil.port}/t",service="s"`;

it.each<[string, (request: IncomingMessage) => string | null]>([
  ['of its own', (request) => `Bearer realm="http://${request.headers.host}/t",service="s"`],
  ['there is none', () => 'Basic realm="x"'],
  ['no login is asked for', () => null],
])(
  'a login may go to its registry where the token server is %s, and that costs one answer',
  async (_, header) => {
    const { access, seen } = await challenging(header);
    expect(await loginForEngine(access)).toEqual(credentials);
    const once = seen.filter(({ url }) => url === '/v2/').length;
    expect(await loginForEngine(access)).toEqual(credentials);
    expect(seen.filter(({ url }) => url === '/v2/')).toHaveLength(once);
    expect(seen.every(({ authorization }) => authorization === undefined)).toBe(true);
  },
);

it.each<[string, (request: IncomingMessage) => string | null]>([
  ['at /v2/', foreign],
  ['at repositories alone', (request) => (request.url === '/v2/' ? null : foreign())],
  ['behind one of its own', (request) => `Bearer realm="http://${request.headers.host}/t", ${foreign()}`],
  ['beside Basic', () => `Basic realm="x", ${foreign()}`],
])('a token server elsewhere is refused: %s', async (_, header) => {
  const { access, seen } = await challenging(header);
  for (let i = 0; i < 2; i++)
    await expect(loginForEngine(access)).rejects.toThrow(
      'which belongs to another domain. Nothing was sent there.',
    );
  expect(evil.seen).toEqual([]);
  expect(seen.every(({ authorization }) => authorization === undefined)).toBe(true);
});

it('is not given away for plain HTTP to another machine, unless configured', async () => {
  const { access } = await challenging(() => 'Basic realm="x"');
  vi.mocked(resolveHost).mockResolvedValue({
    addresses: [{ address: '127.0.0.1', family: 4 }],
    loopback: false,
  });
  await expect(loginForEngine(access)).rejects.toThrow('the password was not sent');
  expect(await loginForEngine({ ...access, scheme: 'http' })).toEqual(credentials);
  await expect(loginForEngine({ ...access, scheme: 'https' })).rejects.toThrow(
    'speaks plain HTTP, not HTTPS',
  );
});

it('of a registry that only the engine reaches is given to the engine, but never for an address that is refused', async () => {
  expect(await loginForEngine({ host: 'no-such-host.invalid', scheme: 'auto', credentials })).toEqual(
    credentials,
  );
  await expect(loginForEngine({ host: '169.254.169.254', scheme: 'http', credentials })).rejects.toThrow(
    'not a valid registry address',
  );
});

it('waits for a busy registry: the reason is one to try again for, and it is asked again then', async () => {
  let busy = true;
  const { access } = await registry((_, response) => response.writeHead(busy ? 503 : 200).end('{}'));
  await expect(loginForEngine(access)).rejects.toMatchObject({ reason: { kind: 'status', status: 503 } });
  busy = false;
  expect(await loginForEngine(access)).toEqual(credentials);
});

it('nothing is asked where there is no login', async () => {
  const { access, seen } = await challenging(foreign);
  expect(await loginForEngine({ ...access, credentials: null })).toBeNull();
  expect(seen).toEqual([]);
});
