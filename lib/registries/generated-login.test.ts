import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { anyFreePort } from '@/bin/ports.js';
import { startRegistry } from '@/bin/registry.js';
import { useTestDatabase } from '@/lib/db/test-database';
import { hasRealRegistry } from '@/lib/registry/test-server';
import { forget } from '@/lib/remember';
import { accessFor } from './credentials';
import { renewGeneratedLogin, revealGeneratedLogin } from './generated-login';
import { ensureLocalRegistry } from './local';
import { addRegistry, editRegistry } from './save';
import { findStoredRegistry } from './store';

const { db } = await useTestDatabase();
const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-registry-'));
const passwordFile = path.join(directory, 'htpasswd');
const port = await anyFreePort();
const host = `127.0.0.1:${port}`;

/** The start of the app beside a registry of bin/start. */
async function start(at = host) {
  vi.stubEnv('LAYERWRIGHT_LOCAL_REGISTRY', at);
  vi.stubEnv('LAYERWRIGHT_REGISTRY_HTPASSWD', passwordFile);
  forget('env');
  await ensureLocalRegistry();
  const registry = await findStoredRegistry({ host: at });
  return { id: registry!.id, ...(await revealGeneratedLogin(registry!.id)) };
}

/** The status of a request with another Host than the registry's own, as from a page whose name leads to it. */
function ask(method: string, target: string, auth?: { username: string; password: string }) {
  const options = { host: '127.0.0.1', port, method, path: target, agent: false };
  const headers = { host: `pages.example:${port}`, origin: `http://pages.example:${port}` };
  return new Promise<number>((resolve, reject) => {
    const request = http.request(
      { ...options, headers, auth: auth && `${auth.username}:${auth.password}` },
      (response) => resolve(response.resume().statusCode ?? 0),
    );
    request.on('error', reject).end();
  });
}

beforeEach(() => writeFileSync(passwordFile, ''));
afterEach(async () => {
  vi.unstubAllEnvs();
  forget('env');
  await db.registry.deleteMany();
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the login of the local registry', () => {
  it('is encrypted in the database, a hash in the password file, and the same after a restart', async () => {
    const first = await start();
    expect(first).toMatchObject({ username: 'layerwright', password: expect.stringMatching(/^[\w-]{32}$/) });
    expect(readFileSync(passwordFile, 'utf8')).toMatch(/^layerwright:\$2b\$05\$[./\w]{53}\n$/);
    expect(JSON.stringify(await db.registry.findMany())).not.toContain(first.password);
    expect(await start()).toEqual(first);
    expect((await accessFor(host)).credentials).toMatchObject({ password: first.password });
  });

  it('is made for a registry that had none or one that was typed', async () => {
    const row = { id: 'x'.repeat(16), name: 'Local registry', host, scheme: 'http', local: true };
    await db.registry.create({ data: row });
    expect(await start()).toMatchObject({ id: row.id, username: 'layerwright' });
    await db.registry.deleteMany();
    await db.registry.create({ data: { ...row, username: 'me', sealedPassword: 'v1.of.another.key' } });
    expect(await start()).toMatchObject({ id: row.id, username: 'layerwright' });
  });

  it('is generated again where the stored one cannot be decrypted, and says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const first = await start();
    await db.registry.updateMany({ data: { sealedPassword: 'v1.another.key' } });
    expect((await start()).password).not.toBe(first.password);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('gets a new password'));
    said.mockRestore();
  });

  it('is generated again after another program may have had the port', async () => {
    const first = await start();
    await start(`127.0.0.1:${port + 1}`);
    expect((await start()).password).not.toBe(first.password);
  });

  it('cannot be typed, and other passwords cannot be read', async () => {
    const { id } = await start();
    const input = {
      id,
      name: 'Renamed',
      host,
      scheme: 'http' as const,
      username: 'layerwright',
      password: '',
    };
    await editRegistry(input);
    for (const change of [{ username: '' }, { username: 'me', password: 'mine' }, { password: 'mine' }])
      await expect(editRegistry({ ...input, ...change })).rejects.toMatchObject({ code: 'conflict' });
    const login = { username: 'me', password: 'typed' };
    const other = await addRegistry({ name: '', host: 'reg.example', scheme: 'auto', ...login });
    for (const act of [revealGeneratedLogin, renewGeneratedLogin])
      await expect(act(other)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is not made for a registry that the administrator runs', async () => {
    vi.stubEnv('LAYERWRIGHT_LOCAL_REGISTRY', host);
    forget('env');
    await ensureLocalRegistry();
    expect(await findStoredRegistry({ host })).toMatchObject({ local: true, username: null });
    expect(readFileSync(passwordFile, 'utf8')).toBe('');
  });
});

describe.runIf(hasRealRegistry)('the registry of bin/start (needs /usr/bin/docker-registry)', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  beforeAll(async () => {
    writeFileSync(passwordFile, '');
    registry = await startRegistry({ directory, port, passwordFile });
  });
  afterAll(() => registry.stop());

  it('refuses everyone without a login, also a page under another name', async () => {
    const { username } = await start();
    const calls = [
      ['GET', '/v2/'],
      ['GET', '/v2/_catalog'],
      ['GET', '/v2/a/tags/list'],
      ['GET', '/v2/a/manifests/latest'],
      ['PUT', '/v2/a/manifests/latest'],
      ['DELETE', `/v2/a/manifests/sha256:${'0'.repeat(64)}`],
      ['POST', '/v2/a/blobs/uploads/'],
      ['OPTIONS', '/v2/a/blobs/uploads/'],
    ] as const;
    for (const [method, target] of calls) {
      expect(await ask(method, target), `${method} ${target}`).toBe(401);
      expect(await ask(method, target, { username, password: '' }), `${method} ${target}`).toBe(401);
    }
  });

  it('takes the login of the app from its start on, and after a new password no other', async () => {
    expect(await ask('GET', '/v2/', { username: 'layerwright', password: '' })).toBe(401);
    const { id, ...first } = await start();
    expect(await ask('GET', '/v2/', first)).toBe(200);
    await renewGeneratedLogin(id);
    const { id: _same, ...second } = await start();
    expect([await ask('GET', '/v2/', first), await ask('GET', '/v2/', second)]).toEqual([401, 200]);
  });

  it('deletes nothing unless that is asked for', async () => {
    const { id: _id, ...login } = await start();
    const none = `/v2/a/blobs/sha256:${'0'.repeat(64)}`;
    expect(await ask('DELETE', none, login)).toBe(405);
    await registry.stop();
    registry = await startRegistry({ directory, port, passwordFile, deletable: true });
    expect(await ask('DELETE', none, login)).toBe(404);
  });
});
