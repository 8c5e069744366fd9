import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { parseEngineAddress } from './address';
import type { EngineLogin } from '@/lib/registry/access';
import { hostOfServer, registryAuth, serverAddress } from '@/lib/engine/images/registry-auth';

test('the three ways to an engine are told apart', () => {
  expect(parseEngineAddress('unix:///var/run/docker.sock', {})).toEqual({
    scheme: 'unix',
    socketPath: '/var/run/docker.sock',
  });
  expect(parseEngineAddress('tcp://build.example:2375', {})).toEqual({
    scheme: 'tcp',
    host: 'build.example',
    port: 2375,
    tls: null,
  });
  expect(parseEngineAddress('ssh://me@build.example', {})).toEqual({
    scheme: 'ssh',
    host: 'build.example',
    port: 22,
    username: 'me',
  });
});

test('TLS goes by the variables of the docker command', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'certs-'));
  fs.writeFileSync(path.join(folder, 'ca.pem'), 'CA');
  const environment = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
  expect(parseEngineAddress('tcp://build.example', environment)).toEqual({
    scheme: 'tcp',
    host: 'build.example',
    port: 2376,
    tls: { ca: Buffer.from('CA'), cert: undefined, key: undefined },
  });
  fs.rmSync(folder, { recursive: true });
});

test.each(['', 'docker.sock', 'unix://relative', 'ftp://x', 'tcp://', 'tcp://a b'])(
  '%j is no address, and the hint says what one looks like',
  (text) => {
    expect(() => parseEngineAddress(text, {})).toThrow(AppError);
  },
);

test('every name of the Hub is docker.io for us', () => {
  for (const server of [
    'https://index.docker.io/v1/',
    'registry-1.docker.io',
    'docker.io',
    'index.docker.io',
  ]) {
    expect(hostOfServer(server)).toBe('docker.io');
  }
  expect(hostOfServer('Registry-Host:5000')).toBe('registry-host:5000');
  expect(serverAddress('docker.io')).toBe('https://index.docker.io/v1/');
});

test('the login header is in the base64 that the engine reads, and there even without a login', () => {
  const login = { username: 'u', password: '~~~???>>>' } as EngineLogin;
  const header = registryAuth('h:5000', login)['X-Registry-Auth']!;
  expect(header).not.toMatch(/[+/]/);
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    username: 'u',
    password: '~~~???>>>',
    serveraddress: 'h:5000',
  });
  expect(registryAuth('h:5000', null)['X-Registry-Auth']).toBe('e30=');
});
