import { afterEach, beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { getKind } from '@/lib/operations/kinds';
import { testContext } from '@/lib/operations/testing/context';
import { addRegistry } from '@/lib/registries/save';
import { startFake } from '@/lib/registry/test-server';
import { pullOperation } from './pull/pull';
import { pushOperation } from './push';

const { db } = await useTestDatabase();
const imageId = `sha256:${'1'.repeat(64)}`;
const password = 'canary-Pa+/55?';

let engine: FakeEngine;
let evil: Awaited<ReturnType<typeof startFake>>;
let registry: Awaited<ReturnType<typeof startFake>>;
/** All headers that the engine was given. */
let headers: string;

beforeEach(async () => {
  evil = await startFake((_, response) => response.end('{"token":"x"}'));
  registry = await startFake((_, response) =>
    response.writeHead(401, { 'www-authenticate': `Bearer realm="http://localhost:${evil.port}/t"` }).end(),
  );
  await addRegistry({ name: '', host: registry.host, scheme: 'auto', username: 'me', password });
  engine = await startFakeEngine();
  headers = '';
  engine.answer = (request, response) => {
    headers += JSON.stringify(request.headers);
    const image = { Id: imageId, Size: 1, Os: 'linux', Architecture: 'amd64' };
    const isList = request.url!.endsWith('/history') || request.url!.startsWith('/containers/');
    response.end(JSON.stringify(isList ? [] : image));
  };
});
afterEach(async () => {
  await db.registry.deleteMany();
  await Promise.all([engine.close(), evil.stop(), registry.stop()]);
});

it.each([
  [pullOperation.kind, () => ({ reference: `${registry.host}/a/b:1` })],
  [pushOperation.kind, () => ({ imageId, name: 'b', reference: `${registry.host}/a/b:1` })],
])('a %s gives the engine no login that would go to another domain', async (kind, input) => {
  await expect(getKind(kind).run(testContext(engine.handle, { input: input() }))).rejects.toThrow(
    'which belongs to another domain',
  );
  expect(headers.toLowerCase()).not.toContain('x-registry-auth');
  expect(evil.seen).toEqual([]);
  expect(registry.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
});
