import { expect, test } from 'vitest';
import { can, type Permission, permissionNames } from './permissions';
import { roles } from './roles';

const viewer: Permission[] = [
  'project:read',
  'build:read',
  'image:read',
  'container:read',
  'workbench:read',
  'registry:read',
  'operation:read',
  'engine:read',
  'account:edit',
];
const builder: Permission[] = [
  'project:edit',
  'project:delete',
  'upload:write',
  'build:start',
  'commit:start',
  'build:cancel',
  'build:delete',
  'image:tag',
  'image:remove',
  'image:pull',
  'image:load',
  'image:save',
  'container:start',
  'container:remove',
  'workbench:start',
  'workbench:type',
  'workbench:remove',
  'engine:prune',
  'push:start',
  'operation:cancel',
  'value:read',
];
const admin: Permission[] = [
  'audit:read',
  'host:use',
  'registry:edit',
  'settings:read',
  'settings:edit',
  'user:read',
  'user:edit',
];

// Repeated here, so that an accidental change is noticed.
const expected = { viewer, builder: [...viewer, ...builder], admin: [...viewer, ...builder, ...admin] };

test('the published table names every permission once', () => {
  expect(expected.admin.toSorted()).toEqual(permissionNames.toSorted());
});

test.each(roles)('%s may do exactly what the table says', (role) => {
  expect(permissionNames.filter((name) => can({ role }, name)).toSorted()).toEqual(expected[role].toSorted());
});

test('without a user or a listed permission, nothing is allowed', () => {
  for (const name of permissionNames) expect(can(null, name)).toBe(false);
  for (const odd of ['constructor', 'toString', '', '*', 'project:*'])
    expect(can({ role: 'admin' }, odd as Permission)).toBe(false);
  expect(can({ role: 'root' as 'admin' }, 'project:read')).toBe(false);
});
