import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import type { OperationEvent } from '@/lib/events/events';
import { testContext } from '@/lib/operations/testing/context';
import { parseReference } from '@/lib/references/reference';
import { startFake } from '@/lib/registry/test-server';
import { forget } from '@/lib/remember';
import { pushWithRetries } from './push-with-retries';
import { wait } from './retry';

vi.mock('./retry', { spy: true });

const digest = `sha256:${'a'.repeat(64)}`;
const pushed = [{ status: '1: digest: ' + digest + ' size: 5' }];
const layer = (status: string, current?: number) => ({
  status,
  id: 'layer1',
  progressDetail: current === undefined ? {} : { current, total: 5000 },
});
const failure = (message: string) => ({ errorDetail: { message }, error: message });
const unauthorized = failure('unauthorized: authentication required');

let engine: FakeEngine;
let registry: Awaited<ReturnType<typeof startFake>>;
/** The engine's records of each try; the last one again for all that follow. */
let tries: object[][];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let began: number;

beforeEach(async () => {
  forget('registry-engine-login');
  vi.mocked(wait).mockReset().mockResolvedValue();
  answer = (request, response) => response.writeHead(request.url === '/v2/' ? 200 : 404).end();
  registry = await startFake((request, response) => answer(request, response));
  engine = await startFakeEngine();
  began = 0;
  engine.answer = (_request, response) => {
    const records = tries[Math.min(began++, tries.length - 1)]!;
    // After the first retry of its own, the engine waits.
    const waits = records.findIndex(
      (record) => 'status' in record && record.status === 'Retrying in 5 seconds',
    );
    const send = (some: object[]) => some.forEach((record) => response.write(`${JSON.stringify(record)}\n`));
    if (waits < 0) {
      send(records);
      response.end();
      return;
    }
    send(records.slice(0, waits + 1));
    setTimeout(() => {
      send(records.slice(waits + 1));
      response.end();
    }, 5000).unref();
  };
});
afterEach(() => Promise.all([engine.close(), registry.stop()]));

async function push(withLogin = true) {
  const events: OperationEvent[] = [];
  const context = testContext(engine.handle, { see: (event) => events.push(event) });
  const parsed = parseReference(`${registry.host}/a/b:1`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const credentials = withLogin ? { username: 'me', password: 'x' } : null;
  const access = { host: registry.host, scheme: 'http', credentials } as const;
  const result = await pushWithRetries(context, parsed.reference, access).catch((error: unknown) => error);
  const log = events.map((event) => (event.type === 'log' ? event.text : '')).join('');
  const stepError = events.findLast((event) => event.type === 'step' && event.error);
  return { result, log, stepError };
}

it('asks for a fresh token when the one of the push has expired', async () => {
  tries = [[layer('Pushing', 2000), layer('Pushed'), unauthorized], pushed];
  const { result, log } = await push();
  expect(result).toEqual({ digest, size: 5 });
  expect(log).toContain('Retry 1/5 in 0 s – token expired, a new one is asked for\n');
});

it('says that the token expired where fresh ones expire, too', async () => {
  tries = [[layer('Pushing', 2000), unauthorized]];
  const { result, stepError } = await push();
  const message = expect.stringMatching(
    /^The token .* expired before its end\. Given up after 5 retries\.$/,
  ) as string;
  expect(result).toMatchObject({ code: 'registry_failed', message });
  expect(stepError).toMatchObject({ error: message });
  expect(began).toBe(6);
});

it.each<[string, object[], boolean]>([
  ['nothing got through with it', [unauthorized], true],
  ['there is none', [layer('Pushed'), unauthorized], false],
])('a login is refused at once where %s', async (_, records, withLogin) => {
  tries = [records];
  const { result } = await push(withLogin);
  expect(result).toMatchObject({ code: 'registry_denied' });
  expect(began).toBe(1);
});

it('a login that the registry refuses by now has not expired', async () => {
  tries = [[layer('Pushed'), unauthorized]];
  answer = (request, response) => response.writeHead(request.url === '/v2/' ? 200 : 401).end();
  expect((await push()).result).toMatchObject({ code: 'registry_denied' });
  expect(began).toBe(1);
});

it.each([
  [413, 'too_large', 'A layer is too large for'],
  [507, 'storage_full', 'The storage of'],
])(
  'ends at once with the cause where the engine repeats a layer that meets %i',
  async (status, code, words) => {
    tries = [[layer('Pushing', 100), layer('Retrying in 5 seconds'), failure('unknown: no')]];
    answer = (request, response) => response.writeHead(request.method === 'POST' ? status : 404).end();
    const from = Date.now();
    const { result, stepError } = await push(false);
    expect(result).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(stepError).toMatchObject({ error: expect.stringContaining(words) as string });
    expect(Date.now() - from).toBeLessThan(4000);
    expect(wait).not.toHaveBeenCalled();
  },
);

it('waits as long as an answer to an upload says', async () => {
  tries = [[failure('toomanyrequests: slow down')], pushed];
  answer = (request, response) => {
    if (request.method === 'POST') response.writeHead(429, { 'retry-after': '9' }).end();
    else response.writeHead(404).end();
  };
  const { log } = await push(false);
  expect(log).toContain('Retry 1/5 in 9 s – registry answered 429');
});

it('asks the registry for nothing before the time that it named is over', async () => {
  vi.mocked(wait).mockReset(); // really waits
  tries = [[failure('toomanyrequests: slow down')], pushed];
  const at: number[] = [];
  const answerTry = engine.answer;
  engine.answer = (request, response) => {
    at.push(performance.now());
    answerTry(request, response);
  };
  answer = (_request, response) => response.writeHead(429, { 'retry-after': '2' }).end();
  expect((await push(false)).result).toEqual({ digest, size: 5 });
  const asked = registry.seen.at(-1)!.at;
  expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(2000);
  expect(Date.now() - asked).toBeGreaterThanOrEqual(2000);
});

it('counts the retries that were made', async () => {
  tries = [[failure('received unexpected HTTP status: 503 Service Unavailable')]];
  expect((await push(false)).result).toMatchObject({
    message: expect.stringMatching(/Given up after 5 retries\.$/) as string,
  });
  expect(began).toBe(6);
});

it('makes one more round of what the engine has repeated by itself', async () => {
  const retrying = { ...layer('Retrying in 1 second'), status: 'Retrying in 1 second' };
  tries = [
    [layer('Pushing', 1), retrying, failure('received unexpected HTTP status: 503 Service Unavailable')],
  ];
  engine.answer = (_request, response) => {
    began++;
    response.end(tries[0]!.map((record) => `${JSON.stringify(record)}\n`).join(''));
  };
  const { result, log } = await push(false);
  expect(log.match(/Retry \d\/\d/g)).toEqual(['Retry 1/1']);
  expect(result).toMatchObject({ message: expect.stringMatching(/Given up after 1 retry\.$/) as string });
  expect(began).toBe(2);
});
