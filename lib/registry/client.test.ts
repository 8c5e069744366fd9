import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseReference, type Reference } from '@/lib/references/reference';
import { forget } from '@/lib/remember';
import type { RegistryAccess } from './access';
import { resolveHost } from './addresses';
import { headManifest } from './client';
import { probeRegistry } from './probe';
import { makeCertificate, startFake } from './test-server';

vi.mock('./addresses', { spy: true });

const login = { username: 'me', password: 'canary-Pa+/55?' };
const basic = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
const digest = `sha256:${'ab'.repeat(32)}`;
const stops: (() => Promise<void>)[] = [];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
async function fake(answer: Answer, more: Partial<RegistryAccess> = {}) {
  const server = await startFake(answer);
  stops.push(server.stop);
  const access: RegistryAccess = { host: server.host, scheme: 'auto', credentials: null, ...more };
  return { ...server, access };
}

const reference = (host: string, name = 'team/app:1'): Reference => {
  const parsed = parseReference(`${host}/${name}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.reference;
};

const manifest = (response: ServerResponse) =>
  response
    .writeHead(200, { 'docker-content-digest': digest, 'content-type': 'x/y', 'content-length': '527' })
    .end();

afterEach(async () => {
  vi.mocked(resolveHost).mockReset();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** As if the server were on another machine. */
const elsewhere = () =>
  vi
    .mocked(resolveHost)
    .mockResolvedValue({ addresses: [{ address: '127.0.0.1', family: 4 }], loopback: false });

describe('the manifest of a tag', () => {
  it('is asked for with all types, and read from the head', async () => {
    const { host, access, seen } = await fake((_, response) => manifest(response));
    expect(await headManifest(access, reference(host))).toEqual({ digest, mediaType: 'x/y', size: 527 });
    expect(seen).toMatchObject([{ method: 'HEAD', url: '/v2/team/app/manifests/1' }]);
  });

  it('is null where the registry has none', async () => {
    const { host, access } = await fake((_, response) => response.writeHead(404).end());
    expect(await headManifest(access, reference(host))).toBeNull();
  });

  it('is hashed by ourselves where the registry does not name its digest', async () => {
    const { host, access } = await fake((_, response) => response.writeHead(200).end('{"a":1}'));
    const found = await headManifest(access, reference(host));
    expect(found?.digest).toBe('sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });

  it.each([
    [401, 'registry_denied', 'refused the login'],
    [403, 'registry_denied', 'does not allow this (quota of 5 GB is used)'],
    [429, 'registry_failed', 'too many requests'],
    [503, 'registry_failed', 'answered 503'],
    [302, 'registry_failed', 'redirects to http://127.0.0.1:9/elsewhere'],
  ])('a %i is said as it is', async (status, code, words) => {
    const { host, access, seen } = await fake((request, response) => {
      // A HEAD has no body; the message comes from the GET of a check.
      response.writeHead(status, { location: 'http://127.0.0.1:9/elsewhere' });
      response.end(request.method === 'HEAD' ? undefined : '{}');
    });
    const failure = headManifest(access, reference(host));
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(words.replace(/ \(.*/, ''));
    expect(seen).toHaveLength(1);
  });

  it('an endless and a missing response are aborted', async () => {
    const { host, access } = await fake((request, response) => {
      response.writeHead(200);
      if (request.method === 'HEAD') return response.end();
      const more = setInterval(() => response.write(Buffer.alloc(1024 * 1024)), 1);
      response.once('close', () => clearInterval(more));
    });
    await expect(headManifest(access, reference(host))).rejects.toMatchObject({ code: 'registry_failed' });
    const silent = await fake(() => undefined);
    await expect(
      headManifest(silent.access, reference(silent.host), AbortSignal.timeout(50)),
    ).rejects.toThrow('does not answer in time');
  });
});

describe('a login', () => {
  it('is sent only on request, as Basic', async () => {
    const { host, access, seen } = await fake(
      (request, response) =>
        request.headers.authorization
          ? manifest(response)
          : response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      { credentials: login },
    );
    await headManifest(access, reference(host));
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, basic]);
  });

  it('is exchanged for a token where the registry has its own', async () => {
    const { host, access, seen } = await fake(
      (request, response) => {
        if (request.url?.startsWith('/token')) return response.end('{"token":"abc.def"}');
        if (request.headers.authorization === 'Bearer abc.def') return manifest(response);
        const realm = `http://${request.headers.host}/token`;
        const header = `Bearer realm="${realm}",service="s",scope="repository:team/app:pull"`;
        return response.writeHead(401, { 'www-authenticate': header }).end();
      },
      { credentials: login },
    );
    expect((await headManifest(access, reference(host)))?.digest).toBe(digest);
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, basic, 'Bearer abc.def']);
    expect(seen[1]!.url).toBe('/token?service=s&scope=repository%3Ateam%2Fapp%3Apull&account=me');
  });

  it('is never sent to a token server of another owner, which is not even requested', async () => {
    const evil = await fake((_, response) => response.end('{"token":"x"}'));
    const { host, access } = await fake(
      (_, response) =>
        response
          .writeHead(401, { 'www-authenticate': `Bearer realm="http://localhost:${evil.port}/t"` })
          .end(),
      { credentials: login },
    );
    await expect(headManifest(access, reference(host))).rejects.toThrow('which belongs to another domain');
    expect(evil.seen).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    const evil = await fake((_, response) => manifest(response));
    const { host, access, seen } = await fake(
      (request, response) =>
        request.headers.authorization
          ? response.writeHead(307, { location: `http://${evil.host}/` }).end()
          : response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      { credentials: login },
    );
    await expect(headManifest(access, reference(host))).rejects.toThrow('which is not followed');
    expect(seen).toHaveLength(2);
    expect(evil.seen).toEqual([]);
  });

  it('is not sent to another machine over plain HTTP, unless configured', async () => {
    elsewhere();
    const { host, access, seen } = await fake(
      (request, response) =>
        request.headers.authorization
          ? manifest(response)
          : response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      { credentials: login },
    );
    await expect(headManifest(access, reference(host))).rejects.toThrow('the password was not sent');
    expect(seen.every(({ authorization }) => authorization === undefined)).toBe(true);
    expect((await headManifest({ ...access, scheme: 'http' }, reference(host)))?.digest).toBe(digest);
  });

  it('a token that would break out of its header is no token', async () => {
    const { host, access } = await fake((request, response) =>
      request.url?.startsWith('/t')
        ? response.end(JSON.stringify({ token: 'a\r\nx: y' }))
        : response
            .writeHead(401, { 'www-authenticate': `Bearer realm="http://${request.headers.host}/t"` })
            .end(),
    );
    await expect(headManifest(access, reference(host))).rejects.toThrow('unreadable token');
  });
});

describe('a check from here', () => {
  const registry: Answer = (_, response) =>
    response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}');

  it.each<[string, Answer, Partial<RegistryAccess>, string, string]>([
    ['a web site', (_, response) => response.end('<html>'), {}, 'failed', 'is not a registry'],
    ['nothing at /v2/', (_, response) => response.writeHead(404).end(), {}, 'failed', 'is not a registry'],
    ['a login is wanted', (_, response) => response.writeHead(401).end(), {}, 'denied', 'none is stored'],
    [
      'a login is refused',
      (_, response) =>
        response
          .writeHead(401, { 'www-authenticate': 'Basic realm="x"' })
          .end('{"errors":[{"message":"bad password"}]}'),
      { credentials: login },
      'denied',
      'refused the login (bad password)',
    ],
    ['https is demanded', registry, { scheme: 'https' }, 'plain-http', 'speaks plain HTTP, not HTTPS'],
    [
      'a hang-up',
      (request) => request.socket.destroy(),
      { scheme: 'http' },
      'unreachable',
      'closed the connection',
    ],
    [
      'an HTTPS port asked in plain text',
      (_, response) => response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
      { scheme: 'http' },
      'unreachable',
      'speaks HTTPS, not plain HTTP',
    ],
  ])('%s', async (_, answer, more, status, words) => {
    const { access } = await fake(answer, more);
    const { fault } = await probeRegistry(access);
    expect(fault?.status).toBe(status);
    expect(fault?.message).toContain(words);
    expect(JSON.stringify(fault)).not.toContain(login.password);
  });

  it('finds a registry', async () => {
    const { access, host } = await fake(registry);
    expect(await probeRegistry(access)).toEqual({
      fault: null,
      words: `${host} answers over plain HTTP; it asks for no login.`,
    });
  });

  it('reports an unknown name and a refused connection', async () => {
    const base = { scheme: 'auto', credentials: null } as const;
    const closed = await fake(registry);
    await closed.stop();
    expect((await probeRegistry({ host: closed.host, ...base })).fault?.message).toContain(
      'Connection refused',
    );
    const unknown = await probeRegistry({ host: 'no-such-host.invalid:5000', ...base });
    expect(unknown.fault).toMatchObject({
      status: 'unreachable',
      message: expect.stringContaining('Cannot resolve no-such-host.invalid'),
    });
  });

  it('rejects an unknown certificate, and says where to install its CA', async () => {
    const certificate = makeCertificate();
    const server = await startFake(registry, certificate);
    stops.push(server.stop);
    const access = { host: server.host, scheme: 'auto', credentials: login } as const;
    expect((await probeRegistry(access)).fault).toBeNull(); // allowed on the loopback address, as by the engine
    elsewhere();
    const { fault } = await probeRegistry(access);
    expect(fault).toMatchObject({
      status: 'tls',
      message: `The certificate of ${server.host} is not accepted: it is signed by itself.`,
      hint: expect.stringContaining(`/etc/docker/certs.d/${server.host}/ca.crt`),
    });
    forget('registry-trust');
    vi.stubEnv('NODE_EXTRA_CA_CERTS', certificate.file);
    expect((await probeRegistry(access)).fault).toBeNull();
    vi.unstubAllEnvs();
    certificate.remove();
  });

  it.each([
    '169.254.169.254',
    '0.0.0.0:5000',
    '[::ffff:169.254.169.254]:80',
    '[fe80::1]:5000',
    '224.0.0.1:5000',
  ])('never asks %s', async (host) => {
    const { fault } = await probeRegistry({ host, scheme: 'http', credentials: login });
    expect(fault?.message).toContain('not a valid registry address');
  });
});
