import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { deleteLoginSessionsOf } from '@/lib/auth/store';
import { makeTestUser } from '@/lib/auth/test-user';
import { useTestDatabase } from '@/lib/db/test-database';
import { AppError, type ErrorCode, errorTable } from '@/lib/errors';
import { heartbeatMs } from '@/lib/events/wire';
import { protocolRoute } from './route';
import { sendEvents } from './send-bytes';
import { endWithAccess, maxStreams } from './stream-guard';

const { db } = await useTestDatabase();
const viewer = await makeTestUser('viewer');

const request = (init: { method?: string; headers?: Record<string, string>; token?: string | null } = {}) =>
  new Request('http://localhost:3000/api/x', {
    method: init.method,
    headers: {
      host: 'localhost:3000',
      ...(init.token === null ? {} : { cookie: `lw_session=${init.token ?? viewer.token}` }),
      ...init.headers,
    },
  });
const context = (params: Record<string, string | string[]> = {}) => ({ params: Promise.resolve(params) });

test('a handler gets its user and its awaited parameters', async () => {
  const get = protocolRoute({
    permission: 'build:read',
    run: (_request, { user, params }) => Response.json({ name: user.name, params }),
  });
  expect(get.permission).toBe('build:read');
  const response = await get(request(), context({ id: 'b1', path: ['a', 'b'] }));
  expect(await response.json()).toEqual({ name: viewer.name, params: { id: 'b1', path: 'a/b' } });
});

test.each([
  ['nobody', request({ token: null }), 401],
  ['a foreign host', request({ headers: { host: 'evil.example' } }), 421],
  ['another site', request({ headers: { 'sec-fetch-site': 'cross-site' } }), 403],
  ['a change without origin', request({ method: 'POST' }), 403],
  ['a change from elsewhere', request({ method: 'DELETE', headers: { origin: 'http://evil.example' } }), 403],
])('%s is answered in JSON, and the handler is not run', async (_name, asked, status) => {
  const run = vi.fn();
  const response = await protocolRoute({ permission: 'build:read', run })(asked, context());
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    error: expect.objectContaining({
      code: expect.any(String) as string,
      message: expect.any(String) as string,
    }) as object,
  });
  expect(run).not.toHaveBeenCalled();
});

test('without the permission the response is 403', async () => {
  const response = await protocolRoute({ permission: 'build:start', run: () => new Response() })(
    request(),
    context(),
  );
  expect(response.status).toBe(403);
});

test('a denied request that would change something is in the audit log', async () => {
  const send = protocolRoute({
    name: 'thing.send',
    permission: 'upload:write',
    audit: { none: 'A test.' },
    run: () => new Response(),
  });
  const origin = { origin: 'http://localhost:3000' };
  for (const token of [undefined, null])
    for (const method of ['POST', 'HEAD']) await send(request({ method, headers: origin, token }), context());
  const entries = await db.auditEntry.findMany({ where: { command: 'thing.send' }, orderBy: { seq: 'asc' } });
  expect(entries.map(({ userName, outcome, errorCode }) => [userName, outcome, errorCode])).toEqual([
    [viewer.name, 'denied', 'forbidden'],
    [null, 'denied', 'unauthenticated'],
  ]);
});

test.each(Object.keys(errorTable).filter((code) => code !== 'internal') as ErrorCode[])(
  'the error %s has the status of the table',
  async (code) => {
    const get = protocolRoute({
      permission: 'build:read',
      run: () => {
        throw new AppError(code, 'Words.', { hint: 'Do this.' });
      },
    });
    const response = await get(request(), context());
    expect(response.status).toBe(errorTable[code].status);
    expect(await response.json()).toEqual({ error: { code, message: 'Words.', hint: 'Do this.' } });
  },
);

test('every response has headers that prevent rendering it as a page', async () => {
  const get = protocolRoute({
    permission: 'build:read',
    run: () =>
      new Response('x', {
        status: 206,
        headers: { 'cache-control': 'private', 'content-type': 'text/plain' },
      }),
  });
  const response = await get(request(), context());
  expect(response.status).toBe(206);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'private',
    'content-type': 'text/plain',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
  const denied = await get(request({ token: null }), context());
  expect(denied.headers.get('cache-control')).toBe('no-store');
  const empty = protocolRoute({ permission: 'build:read', run: () => new Response(null, { status: 204 }) });
  expect((await empty(request(), context())).status).toBe(204);
});

const eventStream = (source: UnderlyingDefaultSource<Uint8Array>) =>
  new Response(new ReadableStream(source, { highWaterMark: 0 }), {
    headers: { 'content-type': 'text/event-stream' },
  });

test('an event stream passes through piece by piece, asks for no more than is read, and tells when the reader leaves', async () => {
  let pulled = 0;
  const cancel = vi.fn();
  const get = protocolRoute({
    permission: 'operation:read',
    run: () =>
      eventStream({
        pull: (controller) => {
          pulled++;
          controller.enqueue(new TextEncoder().encode(`data: ${pulled}\n\n`));
        },
        cancel,
      }),
  });
  const reader = (await get(request(), context())).body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n');
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 2\n\n');
  await sleep(20);
  expect(pulled).toBeLessThanOrEqual(3);
  await reader.cancel('gone');
  expect(cancel).toHaveBeenCalledOnce();
});

test('a proxy is told to hold no event back, and hears something before it takes the stream for dead', () => {
  const { headers } = sendEvents(new ReadableStream());
  expect(headers.get('x-accel-buffering')).toBe('no');
  expect(headers.get('cache-control')).toBe('no-store, no-transform');
  expect(heartbeatMs).toBeLessThanOrEqual(15_000); // nginx and others close what is silent for 60 s
});

test('an open event stream ends soon after its login session does', async () => {
  const user = await makeTestUser('viewer');
  const cancel = vi.fn();
  const body = endWithAccess(eventStream({ cancel }), {
    permission: 'operation:read',
    token: user.token,
    userId: user.id,
    everyMs: 20,
  })!;
  const ended = body.getReader().read();
  await sleep(60);
  expect(cancel).not.toHaveBeenCalled();
  await deleteLoginSessionsOf(user.id);
  expect(await ended).toEqual({ done: true, value: undefined });
  expect(cancel).toHaveBeenCalledOnce();
});

test('other bodies are not watched', () => {
  const response = new Response('x');
  expect(
    endWithAccess(response, { permission: 'operation:read', token: viewer.token, userId: viewer.id }),
  ).toBe(response.body);
});

test('a user has so many streams at once, and another one when one has ended', async () => {
  const access = { permission: 'operation:read' as const, token: viewer.token, userId: viewer.id };
  const open = () => endWithAccess(eventStream({}), access)!;
  const streams = Array.from({ length: maxStreams }, open);
  const cancel = vi.fn();
  expect(() => endWithAccess(eventStream({ cancel }), access)).toThrow('Too many pages are open at once.');
  expect(cancel).toHaveBeenCalledOnce();
  expect(endWithAccess(eventStream({}), { ...access, userId: 'another' })).not.toBeNull();
  await streams.pop()!.cancel();
  streams.push(open());
  expect(open).toThrow('Too many pages');
  for (const stream of streams) await stream.cancel();
});
