import { expect, test } from 'vitest';
import { buildOptions } from '@/lib/projects/options/schema';
import { buildHostAccess } from './host-access';

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
