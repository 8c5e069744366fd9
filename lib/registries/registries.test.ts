import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkRegistryLogin } from '@/lib/engine/images/registry-auth';
import { engineAt } from '@/lib/engine/testing/fake-engine';
import { useTestDatabase } from '@/lib/db/test-database';
import { AppError } from '@/lib/errors';
import { parseInput } from '@/lib/commands/parse-input';
import { forget } from '@/lib/remember';
import { checkRegistry } from './check';
import { accessFor } from './credentials';
import { ensureLocalRegistry } from './local';
import { removeRegistry } from './remove';
import { addRegistry, editRegistry } from './save';
import { editRegistryInput, newRegistryInput } from './schema';
import { findStoredRegistry, getRegistry, listRegistries } from './store';
import { hasRealRegistry, startFake, startReal } from '@/lib/registry/test-server';

vi.mock('@/lib/engine/images/registry-auth', () => ({ checkRegistryLogin: vi.fn() }));

const { db } = await useTestDatabase();
const engine = engineAt('unix:///nowhere');
const password = 'canary-Pa+/55?';
const add = (input: Record<string, unknown>) => addRegistry(parseInput(newRegistryInput, input));
const edit = (input: Record<string, unknown>) => editRegistry(parseInput(editRegistryInput, input));
const credentialsFor = async (host: string) => (await accessFor(host)).credentials;
const withLogin = { host: 'reg.example:5000', username: 'me', password };

afterEach(() => db.registry.deleteMany());

describe('a registry', () => {
  it('is stored by its lower-case host, which is also its default name', async () => {
    const id = await add({ host: 'https://Reg.Example:5000/v2/' });
    expect(await getRegistry(id)).toMatchObject({
      name: 'reg.example:5000',
      host: 'reg.example:5000',
      scheme: 'https',
      username: null,
      hasPassword: false,
      check: null,
    });
  });

  it.each([
    [{ host: 'reg' }, 'host'],
    [{ host: 'me:pw@reg.example' }, 'host'],
    [{ host: 'reg.example', username: 'me' }, 'password'],
    [{ host: 'reg.example', password: 'x' }, 'username'],
    [{ host: 'reg.example', username: 'a:b', password: 'x' }, 'username'],
    [{ host: 'reg.example', scheme: 'ftp' }, 'scheme'],
    [{ host: 'reg.example', name: 'n'.repeat(81) }, 'name'],
  ])('%j is refused, and the field %s named', (input, field) => {
    expect(() => parseInput(newRegistryInput, input)).toThrowError(
      expect.objectContaining({ code: 'invalid_input', fields: { [field]: expect.any(String) } }),
    );
  });

  it('is there once', async () => {
    await add({ host: 'reg.example' });
    await expect(add({ host: 'REG.example' })).rejects.toMatchObject({
      code: 'conflict',
      fields: { host: expect.any(String) },
    });
    const other = await add({ host: 'other.example' });
    await expect(edit({ id: other, host: 'reg.example' })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a password', () => {
  it('is encrypted, and never shown', async () => {
    const id = await add(withLogin);
    expect(JSON.stringify(await listRegistries())).not.toContain(password);
    expect(JSON.stringify(await getRegistry(id))).not.toMatch(/canary|sealed/);
    const row = await db.registry.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(password);
    expect(await credentialsFor('REG.example:5000')).toEqual({ username: 'me', password });
  });

  it('is for its own host alone', async () => {
    await add(withLogin);
    for (const host of [
      'reg.example',
      'reg.example:5001',
      'x.reg.example:5000',
      'reg.example:5000.evil.example',
      'docker.io',
    ])
      expect(await credentialsFor(host)).toBeNull();
    await add({ host: 'registry-1.docker.io', username: 'hub', password: 'h' });
    expect(await credentialsFor('index.docker.io')).toEqual({ username: 'hub', password: 'h' });
    expect(await accessFor('other.example')).toEqual({
      host: 'other.example',
      scheme: 'auto',
      credentials: null,
    });
  });

  it('has to be entered again when host, scheme or user change', async () => {
    const id = await add(withLogin);
    for (const change of [{ host: 'evil.example:5000' }, { scheme: 'http' }, { username: 'other' }]) {
      await expect(edit({ id, ...withLogin, password: '', ...change })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { password: expect.stringMatching(/[Ee]nter the password/) },
      });
    }
    expect(await credentialsFor('reg.example:5000')).toEqual({ username: 'me', password });
    await edit({ id, ...withLogin, password: '', name: 'New name' });
    expect(await getRegistry(id)).toMatchObject({ name: 'New name', hasPassword: true });
    await edit({ id, ...withLogin, host: 'moved.example', password: 'new' });
    expect(await credentialsFor('moved.example')).toEqual({ username: 'me', password: 'new' });
    await edit({ id, host: 'moved.example', username: '' });
    expect(await getRegistry(id)).toMatchObject({ username: null, hasPassword: false });
  });

  it('moved to another row or host by hand, it opens nowhere', async () => {
    await add(withLogin);
    const { sealedPassword } = (await findStoredRegistry({ host: withLogin.host }))!;
    await db.registry.create({
      data: { id: 'x'.repeat(16), name: 'x', host: 'evil.example', username: 'me', sealedPassword },
    });
    await expect(credentialsFor('evil.example')).rejects.toMatchObject({ code: 'conflict' });
    await db.registry.updateMany({ where: { host: withLogin.host }, data: { host: 'evil2.example' } });
    await expect(credentialsFor('evil2.example')).rejects.toMatchObject({ code: 'conflict' });
    const check = await checkRegistry(engine, 'x'.repeat(16));
    expect(check).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('Enter the password again'),
    });
  });
});

describe('the local registry', () => {
  const start = async (host: string) => {
    process.env.LAYERWRIGHT_LOCAL_REGISTRY = host;
    forget('env');
    await ensureLocalRegistry();
  };
  afterAll(() => {
    delete process.env.LAYERWRIGHT_LOCAL_REGISTRY;
    forget('env');
  });

  it('is stored at the start, follows its address, and stays in the list', async () => {
    await start('127.0.0.1:5000');
    await start('127.0.0.1:5000');
    const [registry] = await listRegistries();
    expect(registry).toMatchObject({ name: 'Local registry', host: '127.0.0.1:5000', local: true });
    await expect(removeRegistry(registry!.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(edit({ id: registry!.id, host: 'other.example' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await start('127.0.0.1:5001');
    expect((await listRegistries()).map(({ host, local }) => [host, local])).toEqual([
      ['127.0.0.1:5001', true],
      ['127.0.0.1:5000', false],
    ]);
    await start('');
    expect((await listRegistries()).every(({ local }) => !local)).toBe(true);
    await removeRegistry(registry!.id);
    expect(await listRegistries()).toHaveLength(1);
  });
});

describe.runIf(hasRealRegistry)(
  'a real registry that wants a password (needs /usr/bin/docker-registry)',
  () => {
    let real: Awaited<ReturnType<typeof startReal>>;
    beforeAll(async () => {
      real = await startReal({ user: 'me', password });
    });
    afterAll(() => real.stop());

    const checked = async (input: Record<string, unknown>) => {
      const id = await add({ host: real.host, ...input });
      const check = await checkRegistry(engine, id);
      expect((await getRegistry(id)).check).toEqual(check);
      return check;
    };

    it('is ok with the right one', async () => {
      vi.mocked(checkRegistryLogin).mockResolvedValue('ok');
      expect(await checked({ username: 'me', password })).toMatchObject({
        status: 'ok',
        message: `${real.host} accepts the login over plain HTTP. The engine reaches it too.`,
        hint: '',
      });
      expect(checkRegistryLogin).toHaveBeenLastCalledWith(engine, real.host, { username: 'me', password });
    });

    it('is denied with a wrong login and without one, whatever the engine reports', async () => {
      vi.mocked(checkRegistryLogin).mockResolvedValue('ok');
      expect(await checked({ username: 'me', password: 'wrong' })).toMatchObject({ status: 'denied' });
      await db.registry.deleteMany();
      expect(await checked({})).toMatchObject({
        status: 'denied',
        message: expect.stringContaining('none is stored'),
      });
    });

    it('is refused for its plain HTTP where HTTPS is demanded, although the engine would not mind', async () => {
      vi.mocked(checkRegistryLogin).mockResolvedValue('ok');
      expect(await checked({ username: 'me', password, scheme: 'https' })).toMatchObject({
        status: 'plain-http',
        message: `${real.host} speaks plain HTTP, not HTTPS.`,
      });
    });

    it('is the engine’s result if they differ, and ours if the engine is unreachable', async () => {
      vi.mocked(checkRegistryLogin).mockResolvedValue(
        new AppError('registry_unreachable', 'It speaks plain HTTP.', {
          hint: 'Add it to insecure-registries.',
          reason: { kind: 'plain-http' },
        }),
      );
      expect(await checked({ username: 'me', password })).toMatchObject({
        status: 'plain-http',
        message: 'This server reaches the registry, the engine does not: It speaks plain HTTP.',
        hint: 'Add it to insecure-registries.',
      });
      await db.registry.deleteMany();
      vi.mocked(checkRegistryLogin).mockRejectedValue(new AppError('engine_unreachable'));
      expect(await checked({ username: 'me', password })).toMatchObject({
        status: 'ok',
        message: expect.stringContaining('The engine could not be asked'),
      });
    });
  },
);

it('a registry that only the engine reaches is ok, with a note', async () => {
  vi.mocked(checkRegistryLogin).mockResolvedValue('ok');
  const check = await checkRegistry(engine, await add({ host: 'no-such-host.invalid:5000' }));
  expect(check).toMatchObject({
    status: 'ok',
    message: expect.stringContaining("the engine's word is taken"),
  });
});

it('a registry that sends its login elsewhere is not asked by the engine, with a login or without', async () => {
  const evil = await startFake((_, response) => response.end('{"token":"x"}'));
  const registry = await startFake((_, response) =>
    response.writeHead(401, { 'www-authenticate': `Bearer realm="http://localhost:${evil.port}/t"` }).end(),
  );
  vi.mocked(checkRegistryLogin).mockClear();
  for (const login of [{ username: 'me', password }, {}]) {
    const check = await checkRegistry(engine, await add({ host: registry.host, ...login }));
    expect(check).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('Nothing was sent there.'),
    });
    await db.registry.deleteMany();
  }
  expect(checkRegistryLogin).not.toHaveBeenCalled();
  expect(evil.seen).toEqual([]);
  await Promise.all([evil.stop(), registry.stop()]);
});
