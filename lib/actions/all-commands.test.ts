import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/lib/db/test-database';
import type { Visitor } from '@/lib/commands/caller';
import { download, eventStream } from '@/lib/commands/bytes';
import { noOutput } from '@/lib/commands/command';
import { type Permission, permissionNames } from '@/lib/commands/permissions';
import { runCommand } from '@/lib/commands/run-command';
import { allCommands } from './all-commands';

const granted = vi.hoisted(() => new Set<string>());
vi.mock('@/lib/commands/permissions', async (original) => ({
  ...(await original<object>()),
  can: (user: unknown, permission: string) => user !== null && granted.has(permission),
}));
// Here, an operation's id is its kind.
vi.mock('@/lib/operations/store', async (original) => ({
  ...(await original<object>()),
  findOperation: async (id: string) => ({ id, kind: id }),
}));
// Here, a container's id says what it reaches, and a workbench's id is its container's.
vi.mock('@/lib/engine/containers/containers', async (original) => ({
  ...(await original<object>()),
  getContainer: async (_engine: unknown, id: string) => ({
    name: id,
    hostAccess: id === 'host' ? ['is privileged'] : [],
    mounts: [{ kind: 'volume', name: id === 'volume' ? 'etc' : 'data' }],
  }),
}));
vi.mock('@/lib/engine/system/networks', async (original) => ({
  ...(await original<object>()),
  listNetworks: async () => [
    { name: 'host', id: 'c0ffee00', driver: 'host' },
    { name: 'c0', id: 'abc', driver: 'bridge' },
  ],
}));
vi.mock('@/lib/engine/system/volumes', async (original) => ({
  ...(await original<object>()),
  listVolumes: async () => [
    { name: 'data', anonymous: false, device: null },
    { name: 'etc', anonymous: false, device: '/etc' },
  ],
}));
vi.mock('@/lib/workbenches/store', async (original) => ({
  ...(await original<object>()),
  getWorkbench: async (id: string) => ({ engineId: 'default', containerId: id }),
}));
vi.mock('@/lib/workbenches/live', async (original) => ({
  ...(await original<object>()),
  findTerminal: (id: string) => ({ reachesHost: id === 'host' }),
}));
// Here, a project's id says what its build reaches.
vi.mock('@/lib/projects/store', async (original) => ({
  ...(await original<object>()),
  getProject: async (id: string) => ({ id, folder: id, options: {} }),
}));
vi.mock('@/lib/builds/host-access', async (original) => ({
  ...(await original<object>()),
  demandForBuild: async ({ id }: { id: string }) =>
    id === 'host' ? [{ permission: 'host:use', message: 'It uses the host’s network.' }] : [],
}));
const { db } = await useTestDatabase();
beforeEach(() => granted.clear());

const caller: Visitor = {
  user: { id: 'u1', name: 'ada', role: 'viewer', loginSessionId: 's1', provedAt: Date.now() },
  client: { address: '192.0.2.1', userAgent: 'test' },
  signal: new AbortController().signal,
  body: null,
};

test('every command has a unique name of the form domain.verb', () => {
  const names = allCommands.map(({ name }) => name);
  expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every file of commands is in the list', () => {
  const lib = path.join(import.meta.dirname, '..');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^(actions|commands)\//.test(file),
    )
    .filter((file) =>
      /^export const \w+ = (command|query)\(/m.test(readFileSync(path.join(lib, file), 'utf8')),
    );
  const listed = readFileSync(path.join(import.meta.dirname, 'all-commands.ts'), 'utf8');
  expect(files.filter((file) => !listed.includes(`'@/lib/${file.slice(0, -3)}'`))).toEqual([]);
});

test.each(allCommands)('$name asks for a permission of the table, or says why for none', (command) => {
  const { permission, because } = command;
  if (permission === 'public' || permission === 'signed-in') expect(because?.length).toBeGreaterThan(15);
  else expect(permissionNames).toContain(permission);
});

const notJson: z.ZodType[] = [noOutput, download, eventStream];

test.each(allCommands)('input and output of $name have a JSON schema', ({ input, output }) => {
  const taken = z.toJSONSchema(input, { io: 'input' });
  for (const form of taken.oneOf ?? [taken]) expect(form).toMatchObject({ type: 'object' });
  if (notJson.includes(output)) return;
  expect(z.toJSONSchema(output, { io: 'output' })).toBeTypeOf('object');
});

/** Inputs that need more permissions than the command's own. */
type Example = [name: string, input: object, Permission[]];
const demanding: Example[] = [
  ['build.start', { push: false, projectId: 'own' }, ['build:start']],
  ['build.start', { push: true, projectId: 'own' }, ['build:start', 'push:start']],
  ['build.start', { push: false, projectId: 'host' }, ['build:start', 'host:use']],
  ['commit.start', { push: null, containerId: 'own' }, ['commit:start']],
  ['commit.start', { push: { reference: 'a' }, containerId: 'own' }, ['commit:start', 'push:start']],
  ['commit.start', { push: null, containerId: 'host' }, ['commit:start', 'host:use']],
  ['commit.open-review', { container: 'own' }, ['commit:start']],
  ['commit.open-review', { container: 'host' }, ['commit:start', 'host:use']],
  ['workbench.start-from-image', { options: { network: '' } }, ['workbench:start']],
  ['workbench.start-from-image', { options: { network: 'host' } }, ['workbench:start', 'host:use']],
  ['workbench.start-from-image', { options: { network: 'container:a' } }, ['workbench:start', 'host:use']],
  ...['c0ffee00', 'c0f', 'x:/proc/1/ns/net'].flatMap((network): Example[] => [
    ['workbench.start-from-image', { options: { network } }, ['workbench:start', 'host:use']],
    ['container.run', { mounts: [], network }, ['container:start', 'host:use']],
  ]),
  ['container.run', { mounts: [], network: 'c0' }, ['container:start']],
  ...['workbench.start-in-container', 'workbench.attach'].flatMap((name): Example[] => [
    [name, { container: 'own' }, ['workbench:start']],
    [name, { container: 'host' }, ['workbench:start', 'host:use']],
  ]),
  ['workbench.start-again', { id: 'own' }, ['workbench:start']],
  ['workbench.start-again', { id: 'host' }, ['workbench:start', 'host:use']],
  ...['workbench.type', 'workbench.take-file', 'workbench.put-file'].flatMap((name): Example[] => [
    [name, { id: 'own' }, ['workbench:type']],
    [name, { id: 'host' }, ['workbench:type', 'host:use']],
  ]),
  ...['unconfined', 'default'].flatMap((seccomp): Example[] => {
    const needed: Permission[] = seccomp === 'default' ? [] : ['host:use'];
    const options = { network: '', seccomp };
    return [
      ['workbench.start-from-image', { options }, ['workbench:start', ...needed]],
      ['container.run', { mounts: [], ...options }, ['container:start', ...needed]],
    ];
  }),
  ['container.run', { mounts: [], network: '', appArmor: 'mine' }, ['container:start', 'host:use']],
  ['container.run', { mounts: [], network: 'host' }, ['container:start', 'host:use']],
  ['container.run', { mounts: [{ source: 'data' }], network: 'bridge' }, ['container:start']],
  ['container.run', { mounts: [{ source: '/srv' }], network: '' }, ['container:start', 'host:use']],
  [
    'container.run',
    { mounts: [{ source: 'data' }, { source: 'etc' }], network: '' },
    ['container:start', 'host:use'],
  ],
  ['workbench.attach', { container: 'volume' }, ['workbench:start', 'host:use']],
  ['commit.open-review', { container: 'volume' }, ['commit:start', 'host:use']],
  ['image.untag', { withImage: false }, ['image:tag']],
  ['image.untag', { withImage: true }, ['image:tag', 'image:remove']],
  ['operation.cancel', { id: 'pull' }, ['operation:cancel']],
  ['operation.cancel', { id: 'build' }, ['operation:cancel', 'build:cancel']],
  ['operation.cancel', { id: 'unpack' }, ['operation:cancel', 'upload:write']],
  ['operation.cancel', { id: 'git-fetch' }, ['operation:cancel', 'project:edit']],
  ['operation.follow', { after: { build: 0, unpack: 3 } }, ['operation:read', 'build:read', 'project:read']],
  ['operation.read-log', { id: 'build' }, ['operation:read', 'build:read']],
  ['operation.search-log', { id: 'workbench' }, ['operation:read', 'workbench:read']],
  ['operation.download-log', { id: 'pull' }, ['operation:read', 'image:read']],
];

test('every command with additional permissions has an example', () => {
  const names = demanding.map(([name]) => name);
  expect(allCommands.filter((one) => one.also && !names.includes(one.name))).toEqual([]);
});

const examples: Example[] = [
  ...demanding,
  ...allCommands
    .filter((one) => !one.also)
    .flatMap(({ name, permission }): Example[] =>
      permission === 'public' || permission === 'signed-in' ? [] : [[name, {}, [permission]]],
    ),
];

test.each(examples)(
  '%s %j is done for whoever has all of its permissions only',
  async (name, input, needed) => {
    const command = allCommands.find((one) => one.name === name)!;
    const run = vi.fn(() => 'done');
    const ask = () => runCommand({ ...command, input: z.any(), run }, caller, () => input);
    for (const missing of needed) {
      granted.clear();
      for (const permission of permissionNames) if (permission !== missing) granted.add(permission);
      await expect(ask(), missing).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(run).not.toHaveBeenCalled();
    granted.clear();
    for (const permission of needed) granted.add(permission);
    expect(await ask()).toBe('done');
  },
);

/** Only these have no entry in the audit log when they are done. */
const exempt = ['workbench.type', 'workbench.note-seen'];

test.each(allCommands.filter(({ readOnly }) => !readOnly))(
  '$name is in the audit log, or says why not',
  async ({ name, audit }) => {
    if (!exempt.includes(name)) return expect(typeof audit).not.toBe('object');
    expect(audit).toEqual({ none: expect.stringMatching(/.{16}/) as string });
  },
);

test('these, and only these, need the password', () => {
  expect(allCommands.flatMap(({ name, dangerous }) => (dangerous === true ? [name] : [])).toSorted()).toEqual(
    [
      'disk.prune',
      'project.delete',
      'registry.edit',
      'registry.remove',
      'registry.renew-login',
      'registry.reveal-login',
      'settings.save-builds',
      'settings.save-git',
      'user.add',
      'user.change-role',
      'user.delete',
      'user.disable',
      'user.enable',
      'user.end-login-session',
      'user.reset-password',
    ],
  );
});

test('these, and only these, need it where they reach the host', () => {
  const found = allCommands.flatMap(({ name, dangerous }) => (dangerous === 'on-host' ? [name] : []));
  expect(found.toSorted()).toEqual([
    'container.run',
    'workbench.attach',
    'workbench.start-again',
    'workbench.start-from-image',
    'workbench.start-in-container',
  ]);
});

test('only these are run on a full disk', () => {
  const found = allCommands.flatMap(({ name, onFullDisk }) => (onFullDisk ? [`${name}: ${onFullDisk}`] : []));
  expect(found.toSorted()).toEqual([
    'account.confirm-password: reserve',
    'account.sign-in: reserve',
    'build.delete: reserve',
    'container.remove: reserve',
    'disk.prune: reserve',
    'image.remove: reserve',
    'image.start-removal: reserve',
    'operation.cancel: run',
    'workbench.end-shell: run',
    'workbench.remove-container: reserve',
  ]);
});

/** Fields whose values may be in the audit log. */
const named = (
  'id ids projectId containerId registryId uploadId commit container name names image reference path tag ' +
  'repository directory to template role verb what mode host'
).split(' ');

/** A value of a JSON schema in which every text is the name of its field, marked. */
function fill(schema: z.core.JSONSchema.BaseSchema, field = ''): unknown[] {
  const forms = schema.oneOf ?? schema.anyOf;
  if (forms) return forms.flatMap((form) => fill(form, field));
  if (schema.type === 'array') return [fill(schema.items as z.core.JSONSchema.BaseSchema, field)];
  if (schema.type === 'boolean') return [true];
  if (schema.type === 'null') return [null];
  if (schema.type !== 'object') return [schema.const ?? `canary-${field}`];
  const { properties = {} } = schema;
  const fields = Object.entries(properties).map(
    ([key, inner]) => [key, fill(inner as z.core.JSONSchema.BaseSchema, key)] as const,
  );
  const most = Math.max(1, ...fields.map(([, values]) => values.length));
  const extra = schema.additionalProperties ? { added: 'canary-added' } : {};
  return Array.from({ length: most }, (_, at) => ({
    ...extra,
    ...Object.fromEntries(fields.map(([key, values]) => [key, values[at] ?? values[0]])),
  }));
}

test('the audit log has ids and names of inputs, and nothing else', async () => {
  for (const permission of permissionNames) granted.add(permission);
  let texts = 0;
  for (const command of allCommands.filter(({ readOnly }) => !readOnly)) {
    const schema = z.toJSONSchema(command.input, { io: 'input' });
    for (const input of fill(schema)) {
      texts += JSON.stringify(input).match(/canary-/g)?.length ?? 0;
      const tried = { ...command, input: z.any(), also: () => [], run: () => ({ token: 'canary-token' }) };
      await runCommand(tried, caller, () => input);
    }
  }
  expect(texts).toBeGreaterThan(200);
  const log = JSON.stringify(await db.auditEntry.findMany());
  const found = new Set([...log.matchAll(/canary-(\w*)/g)].map(([, field = '']) => field));
  expect([...found].filter((field) => !named.includes(field))).toEqual([]);
  expect(found.size).toBeGreaterThan(10);
});
