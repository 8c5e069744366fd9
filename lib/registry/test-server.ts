import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { anyFreePort } from '@/bin/ports.js';
import { startRegistry } from '@/bin/registry.js';
import { htpasswdLine } from './htpasswd';

interface Seen {
  method: string;
  url: string;
  authorization: string | undefined;
  at: number;
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** For tests: a server with given responses that records the requests. */
export async function startFake(answer: Handler, tls?: { cert: Buffer; key: Buffer }) {
  const seen: Seen[] = [];
  const listener: Handler = (request, response) => {
    const { method = '', url = '' } = request;
    seen.push({ method, url, authorization: request.headers.authorization, at: Date.now() });
    answer(request, response);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  // As nginx does: who announces a body gets the answer before it, or `writeContinue`.
  server.on('checkContinue', listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { host: `127.0.0.1:${port}`, port, seen, stop };
}

export type Change = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => boolean | Promise<boolean>;

/** For tests: in front of a registry; `change` may answer in its place, or leave the request to it. */
export function startBefore(real: string, change: Change) {
  const pass = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { method, url, headers } = request;
    const [host, port] = real.split(':');
    const onward = http.request({ host, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
  return startFake((request, response) => {
    const done = async () => (await change(request, response)) || pass(request, response);
    done().catch((error: unknown) => response.destroy(error as Error));
  });
}

export const hasRealRegistry = existsSync('/usr/bin/docker-registry');

export interface RegistryUser {
  user: string;
  password: string;
}

/** For tests: a password file for a registry. */
export async function makePasswordFile(directory: string, { user, password }: RegistryUser): Promise<string> {
  const file = path.join(directory, 'htpasswd');
  writeFileSync(file, await htpasswdLine(user, password), { mode: 0o600 });
  return file;
}

/** For tests: Debian's registry on a free port, with its own directory. */
export async function startReal(user?: RegistryUser) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-registry-'));
  const passwordFile = user && (await makePasswordFile(directory, user));
  const { host, stop } = await startRegistry({ directory, port: await anyFreePort(), passwordFile });
  return {
    host,
    stop: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** For tests: a self-signed certificate for 127.0.0.1. */
export function makeCertificate() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-certificate-'));
  const [file, keyFile] = [path.join(directory, 'cert.pem'), path.join(directory, 'key.pem')];
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', keyFile, '-out', file];
  const name = ['-subj', '/CN=layerwright', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
  execFileSync('openssl', ['req', '-x509', '-nodes', ...ec, ...name], { stdio: 'pipe' });
  const remove = () => rmSync(directory, { recursive: true, force: true });
  return { file, keyFile, cert: readFileSync(file), key: readFileSync(keyFile), remove };
}
