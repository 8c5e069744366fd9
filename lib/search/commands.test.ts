import { expect, test, vi } from 'vitest';
import type { Visitor } from '@/lib/commands/caller';
import { permissionNames } from '@/lib/commands/permissions';
import { runCommand } from '@/lib/commands/run-command';
import { search } from './commands';

const granted = vi.hoisted(() => new Set<string>());
vi.mock('@/lib/commands/permissions', async (original) => ({
  ...(await original<object>()),
  can: (user: unknown, permission: string) => user !== null && granted.has(permission),
}));
vi.mock('@/lib/projects/store', async (original) => ({
  ...(await original<object>()),
  listProjects: async () => [{ id: 'p1', name: 'mysite' }],
}));
vi.mock('@/lib/builds/store', async (original) => ({
  ...(await original<object>()),
  listBuilds: async () => ({ builds: [{ id: 'b1', projectName: 'mysite', number: 3 }] }),
}));
vi.mock('@/lib/images/list', () => ({
  listImagePage: async () => ({ rows: [{ id: 'i1', tags: ['mysite:1'] }] }),
}));
vi.mock('@/lib/containers/list', () => ({
  listContainerPage: async () => ({ rows: [{ id: 'c1', name: 'mysite-run' }] }),
}));
vi.mock('@/lib/engine/system/watch', async (original) => ({
  ...(await original<object>()),
  currentEngine: async () => ({ state: 'ready' }),
}));

const caller: Visitor = {
  user: { id: 'u1', name: 'ada', role: 'viewer', loginSessionId: 's1', provedAt: Date.now() },
  client: { address: '192.0.2.1', userAgent: 'test' },
  signal: new AbortController().signal,
  body: null,
};

async function found(q: string, ...permissions: string[]) {
  granted.clear();
  for (const permission of permissions) granted.add(permission);
  return (await runCommand(search, caller, () => ({ q }))).map(({ kind, label }) => `${kind} ${label}`);
}

test.each([
  ['project:read', 'Project mysite'],
  ['build:read', 'Build mysite #3'],
  ['image:read', 'Image mysite:1'],
  ['container:read', 'Container mysite-run'],
])('with only %s, only %s is found', async (permission, entry) => {
  expect(await found('mysite', permission)).toEqual([entry]);
  const others = permissionNames.filter((name) => name !== permission && !/^(build|push):start$/.test(name));
  expect(await found('mysite', ...others)).not.toContain(entry);
});

test('actions are found with the permissions for the action and its target', async () => {
  expect(await found('mysite', 'project:read', 'build:start', 'push:start')).toEqual([
    'Project mysite',
    'Action Build mysite',
  ]);
  expect(await found('push mysite', 'push:start')).toEqual([]);
  expect(await found('push mysite', 'push:start', 'image:read')).toContain('Action Push mysite:1…');
  expect(await found('build my', 'build:start')).toEqual([]);
});

test('search requires a login', async () => {
  await expect(runCommand(search, { ...caller, user: null }, () => ({ q: 'x' }))).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});
