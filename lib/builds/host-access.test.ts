import { describe, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { buildOptions } from '@/lib/projects/options/schema';
import { buildHostAccess, requireHostAccess } from './host-access';

await useTestDatabase();

const allowed = ['docker/dockerfile'];
const reasons = (text: string, options: object = {}) =>
  buildHostAccess(buildOptions.parse(options), text, allowed);

test.each([
  ['FROM a\nRUN true', {}],
  ['# syntax=docker/dockerfile:1.7\nFROM a\nRUN --network=none true', {}],
  ['# syntax=docker.io/docker/dockerfile@sha256:' + 'a'.repeat(64) + '\nFROM a', {}],
  ['FROM a\nRUN --mount=type=cache,target=/c true', { networkMode: 'none', extraHosts: ['db:10.0.0.5'] }],
  ['FROM a\nRUN echo --network=host', {}],
  // The classic builder has no frontends.
  ['# syntax=evil.example/x\nFROM a', { builder: 'classic' }],
])('%j with %j stays in the engine', (text, options) => expect(reasons(text, options)).toEqual([]));

test.each([
  ['FROM a', { networkMode: 'host' }, 'it uses the host’s network'],
  ['FROM a', { extraHosts: ['up:host-gateway'] }, 'it names the host in its extra hosts'],
  ['FROM a\nRUN --network=host true', {}, 'line 2 asks for the host’s network'],
  ['FROM a\nRUN --security=insecure true', {}, 'line 2 asks for the rights of a privileged container'],
  [
    'FROM a\nRUN --mount=type=cache,target=/c \\\n  --network=host true',
    {},
    'line 2 asks for the host’s network',
  ],
])('%j with %j reaches the host', (text, options, reason) =>
  expect(reasons(text, options)).toEqual([reason]),
);

test.each([
  ['# syntax=evil.example/x\nFROM a', {}],
  ['# syntax=docker/dockerfile-evil\nFROM a', {}],
  ['# syntax=evil.example/docker/dockerfile\nFROM a', {}],
  ['// syntax=evil.example/x\nFROM a', {}],
  ['# syntax=not a reference!\nFROM a', {}],
  ['# syntax=$NAME\nFROM a', {}],
  ['# syntax=docker/dockerfile:1\n# syntax=evil.example/x\nFROM a', {}],
])('the frontend of %j with %j is not allowed', (text, options) => {
  expect(reasons(text, options)).toHaveLength(1);
  expect(reasons(text, options)[0]).toMatch(/^its frontend .* is not allowed/);
});

describe('what the engine fetches', () => {
  const demanded = async (dockerfile: string, options: object = {}) => {
    const run = requireHostAccess(buildOptions.parse(options), dockerfile, { hostAllowed: false });
    return run.then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
  };
  const hidden = { buildArgs: [{ name: 'FROM_WHERE', value: '127.0.0.1:8080' }] };

  test.each([
    ['ADD http://127.0.0.1:2375/version /', {}],
    ['ADD http://127.1/ /', {}],
    ['ADD http://2130706433/ /', {}],
    ['ADD http://0x7f000001/ /', {}],
    ['ADD http://0/ /', {}],
    ['ADD http://[::1]:5000/v2/ /', {}],
    ['ADD http://[::ffff:127.0.0.1]/ /', {}],
    ['ADD http://[::ffff:127.0.0.1%25lo]/ /', {}],
    ['ADD https://user:x@localhost/ /', {}],
    ['ADD http://169.254.169.254/latest/meta-data/ /', {}],
    ['ADD http://[fe80::1]/ /', {}],
    ['ADD git://127.0.0.1/x.git /', {}],
    ['ADD git@localhost:x.git /', {}],
    ['ADD someone@127.0.0.1:x.git#main /', {}],
    ['add --checksum=sha256:00 ["http://localhost/", "/"]', {}],
    ['ARG A=http://local\nADD ${A}host/ /', {}],
    ['ARG FROM_WHERE\nADD http://${FROM_WHERE}/ /', hidden],
    ['ONBUILD ADD http://127.0.0.1/ /', {}],
    ['ADD a http://127.0.0.1/ /', {}],
    ['FROM b\nADD http://localhost/ /', { target: '0' }],
  ])('%j with %j is of the host', async (text, options) => {
    expect(await demanded(`FROM a\n${text}`, options)).toMatch(/it fetches from .*, an address of the host/);
  });

  test.each([
    'ADD http://192.0.2.1/x /',
    'ADD https://nowhere.invalid/x /',
    'ADD http /',
    'RUN wget http://127.0.0.1/',
    'ENV A=http://127.0.0.1/',
  ])('%j is of elsewhere', async (text) => expect(await demanded(`FROM a\n${text}`)).toBeNull());
});
