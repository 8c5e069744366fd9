import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { EngineLogin } from '@/lib/registry/access';
import { makeDirectory } from './directory';

export const login = { username: 'builder', password: 'right-password' } as EngineLogin;
/** bcrypt, the only hash that the registry accepts. */
const htpasswd = `builder:$2b$05$zXVWRF0i5v/bucvgycDPL.2f56GlnonODpFgefcka0xy2lyH49L6C\n`;

export interface Registry {
  /** host:port */
  host: string;
  stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;

/** A `docker-registry` of the distribution on a free port of this machine, with its own directory. */
export async function startRegistry({ withLogin }: { withLogin: boolean }): Promise<Registry> {
  const port = await freePort();
  const directory = makeDirectory({ htpasswd, storage: null });
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: `${directory}/storage` } },
    http: { addr: `127.0.0.1:${port}` },
    ...(withLogin && { auth: { htpasswd: { realm: 'test', path: `${directory}/htpasswd` } } }),
  };
  writeFileSync(`${directory}/config.yml`, JSON.stringify(configuration)); // JSON is YAML
  const child: ChildProcess = spawn('docker-registry', ['serve', `${directory}/config.yml`], {
    stdio: 'ignore',
  });
  const host = `127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://${host}/v2/`, { headers: { authorization } }).catch(() => null)) break;
    await setTimeout(50);
  }
  return {
    host,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** The digest of a tag in a registry. */
export async function registryDigest(host: string, path: string, tag: string): Promise<string | null> {
  const accept =
    'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';
  const answer = await fetch(`http://${host}/v2/${path}/manifests/${tag}`, {
    method: 'HEAD',
    headers: { accept, authorization },
  });
  return answer.headers.get('docker-content-digest');
}

/** A registry that always asks for a login, and records the logins that it receives. */
export async function startThief(): Promise<Registry & { given: string[] }> {
  const given: string[] = [];
  const server = http
    .createServer((request, response) => {
      if (request.headers.authorization) given.push(request.headers.authorization);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="give"' }).end();
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
