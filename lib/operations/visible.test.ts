import { expect, test, vi } from 'vitest';
import { registerKind } from './kinds';
import type { ActiveOperation, Pulse } from './schema';
import { mayCancel, mayRead, visiblePulse } from './visible';

const granted = vi.hoisted(() => new Set<string>());
vi.mock('@/lib/commands/permissions', async (original) => ({
  ...(await original<object>()),
  can: (_user: unknown, permission: string) => granted.has(permission),
}));

const user = { role: 'viewer' } as const;
const run = () => Promise.resolve();
registerKind({
  kind: 'build',
  read: 'build:read',
  cancel: 'build:cancel',
  lane: 'build',
  href: (id) => id,
  run,
});
registerKind({ kind: 'pull', read: 'image:read', lane: 'transfer', href: (id) => id, run });

test('the pulse shows what its reader may read of each domain', () => {
  const active = ['build', 'pull'].map((kind) => ({ kind }) as ActiveOperation);
  const pulse: Pulse = {
    active,
    version: 7,
    containers: 9,
    images: 5,
    engine: { state: 'ready', message: '', hint: '', since: 0 },
    storage: { state: 'ready', message: '', hint: '', since: 0 },
  };
  const seen = (...permissions: string[]) => {
    granted.clear();
    for (const permission of permissions) granted.add(permission);
    const { active: left, containers, images } = visiblePulse(pulse, user);
    return [...left.map(({ kind }) => kind), containers, images];
  };
  expect(seen('operation:read', 'build:read')).toEqual(['build', 0, 0]);
  expect(seen('operation:read', 'image:read', 'container:read')).toEqual(['pull', 9, 5]);
  expect(seen('build:read', 'image:read')).toEqual([0, 5]);
  expect(mayRead(user, { kind: 'a kind that is gone' })).toBe(false);
});

test('cancelling asks for what its kind says, too', () => {
  const may = (kind: string, ...permissions: string[]) => {
    granted.clear();
    for (const permission of permissions) granted.add(permission);
    return mayCancel(user, { kind });
  };
  expect(may('pull', 'operation:cancel')).toBe(true);
  expect(may('build', 'operation:cancel')).toBe(false);
  expect(may('build', 'build:cancel')).toBe(false);
  expect(may('build', 'operation:cancel', 'build:cancel')).toBe(true);
});
