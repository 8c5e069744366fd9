import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { action } from '@/lib/actions/action';
import { allCommands } from '@/lib/actions/all-commands';
import type { Guarded } from '@/lib/actions/guarded';
import type { Needs } from '@/lib/commands/caller';
import { command } from '@/lib/commands/command';
import { can, permissionNames } from '@/lib/commands/permissions';
import { roles } from '@/lib/commands/roles';
import { deleteLoginSessionsOf, disableUserRow } from '@/lib/auth/store';
import { makeTestUser } from '@/lib/auth/test-user';
import { useTestDatabase } from '@/lib/db/test-database';

/** Walks everything that a browser can reach and fails, naming it, where something does not say who may. */
const request = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(request.headers),
  cookies: () => Promise.reject(new Error('a denied call must not come this far')),
}));

await useTestDatabase();
const root = path.join(import.meta.dirname, '..');
const files = ['app', 'lib'].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`),
);
const list = (form: RegExp) => files.filter((file) => form.test(file)).toSorted();
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const load = async (file: string) =>
  Object.entries((await import(path.join(root, file))) as Record<string, unknown>);

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
type Entry = {
  name: string;
  call: ((...input: unknown[]) => Promise<unknown>) & Partial<Guarded>;
  isRoute: boolean;
};

const actionFiles = list(/^app\/.*\bactions\.ts$/);
const routeFiles = list(/^app\/.*\broute\.[jt]sx?$/);
const entries: Entry[] = [];
for (const file of actionFiles)
  for (const [name, call] of await load(file))
    entries.push({ name: `${file} ${name}`, call: call as Entry['call'], isRoute: false });
for (const file of routeFiles)
  for (const [name, call] of await load(file))
    if (methods.includes(name))
      entries.push({ name: `${file} ${name}`, call: call as Entry['call'], isRoute: true });

test('actions and routes are found', () => {
  expect(actionFiles.length).toBeGreaterThan(2);
  expect(routeFiles.length).toBeGreaterThan(0);
});

test.each(entries)('$name declares its permission', ({ call }) => {
  expect(call).toBeTypeOf('function');
  if (call.permission === 'public' || call.permission === 'signed-in')
    expect(call.because?.length ?? 0).toBeGreaterThan(15);
  else expect(permissionNames).toContain(call.permission);
});

const allowedPublic = [
  'app/(dashboard)/settings/actions.ts signOut',
  ...['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => `app/api/[...path]/route.ts ${method}`),
  'app/api/health/route.ts GET',
  'app/login/actions.ts signIn',
  'app/setup/actions.ts setUp',
];

test('only these can be used without signing in', () => {
  const found = entries.filter(({ call }) => call.permission === 'public').map(({ name }) => name);
  expect(found.toSorted()).toEqual(allowedPublic);
});

test('only these are allowed for every signed-in user', () => {
  const found = entries.filter(({ call }) => call.permission === 'signed-in').map(({ name }) => name);
  expect(found).toEqual(['app/api/find/route.ts GET']);
});

/** Requests of these are not the input of one command. */
const protocols = [
  ...['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => `app/api/[...path]/route.ts ${method}`),
  'app/api/health/route.ts GET',
  ...['DELETE', 'HEAD', 'PATCH', 'POST'].map((method) => `app/api/uploads/[[...upload]]/route.ts ${method}`),
];

test('every action and route is the adapter of a command, with its permission', () => {
  const found = entries.filter(({ call }) => !call.command);
  expect(found.map(({ name }) => name).toSorted()).toEqual(protocols.toSorted());
  for (const { name, call } of entries) {
    if (!call.command) continue;
    expect(allCommands, name).toContain(call.command);
    expect(call.permission, name).toBe(call.command.permission);
  }
});

test('what is not the adapter of a command says why it is not in the audit log', () => {
  for (const { name, call } of entries) {
    if (call.command || / (GET|HEAD)$/.test(name)) continue;
    expect(call.audit?.none.length, name).toBeGreaterThan(15);
    // What can be denied to somebody is in it then.
    if (call.permission !== 'public') expect(call.requestName, name).toMatch(/^\w+\.\w+$/);
  }
});

test('GET requests change nothing', () => {
  const gets = entries.filter(({ name, isRoute }) => isRoute && / (GET|HEAD)$/.test(name));
  expect(gets.filter(({ call }) => call.command && !call.command.readOnly).map(({ name }) => name)).toEqual(
    [],
  );
});

test('actions contain no rules: their files import only adapters and commands', () => {
  const allowed =
    /^(next\/(cache|navigation)|@\/lib\/actions\/[\w-]+|@\/lib\/([\w-]+\/)+([\w-]+-)?commands|@\/lib\/auth\/return-path)$/;
  const imports = actionFiles.flatMap((file) =>
    [...read(file).matchAll(/from '([^']+)'/g)].map(([, name = '']) => `${file} ${name}`),
  );
  expect(imports.filter((line) => !allowed.test(line.slice(line.lastIndexOf(' ') + 1)))).toEqual([]);
});

test('server actions are only in files named actions.ts, routes only below app/api', () => {
  const sources = list(/\.tsx?$/).filter((file) => !/\.test\.tsx?$|\/generated\//.test(file));
  const others = sources.filter(
    (file) => !file.endsWith('/actions.ts') && /['"]use server['"]/.test(read(file)),
  );
  // This comment and the wrappers' own speak of the directive; a directive stands alone in its line.
  expect(others.filter((file) => /^\s*['"]use server['"];?\s*$/m.test(read(file)))).toEqual([]);
  expect(actionFiles.filter((file) => !/^'use server';$/m.test(read(file)))).toEqual([]);
  expect(routeFiles.filter((file) => !file.startsWith('app/api/'))).toEqual([]);
});

test('no program is started by a shell, and only these start one', () => {
  const sources = list(/\.tsx?$/).filter(
    (file) => !/\.test\.tsx?$|\/generated\/|\/testing\/|\/test-server/.test(file),
  );
  const starting = sources.filter((file) =>
    /['"](node:)?(child_process|worker_threads|cluster)['"]/.test(read(file)),
  );
  expect(starting).toEqual([
    'lib/audit/log/verify.ts',
    'lib/db/backup.ts',
    'lib/db/lock-in-child.ts',
    'lib/projects/git/run-git.ts',
    'lib/projects/git/scan-host-keys.ts',
    'lib/projects/sync.ts',
  ]);
  for (const file of starting)
    expect(read(file), file).not.toMatch(/\{[^}]*\bexec(Sync)?\b[^}]*\} from 'node:child_process'|shell:/);
});

const asksForUser = /await (requirePermission\('|requireUser\()/;

/** The functions of a file that Next calls by itself for a request, each with its text. */
const calledByNext = (file: string) =>
  read(file)
    .split(/^(?=export )/m)
    .filter((part) => /^export (default )?(async )?function /.test(part))
    .map((part) => [/function (\w+)/.exec(part)?.[1] ?? '', part] as const);

test.each(list(/^app\/\(dashboard\)\/(.*\/)?(page|layout|template|default)\.tsx$/))(
  '%s asks for the user in everything that reads',
  (file) => {
    // Not the layout alone: Next renders pages without their layouts when the browser has those already, and the metadata
    // beside both.
    if (file.endsWith('/page.tsx')) expect(read(file)).toMatch(asksForUser);
    for (const [name, text] of calledByNext(file)) {
      const reads = text.replaceAll(/await (params|searchParams|connection\(\))/g, '').indexOf('await ');
      if (reads >= 0) expect(text, name).toMatch(asksForUser);
    }
  },
);

test('what Next shows beside a page reads nothing, and nothing else of the dashboard is called by Next', () => {
  const beside = list(/^app\/\(dashboard\)\/(.*\/)?(loading|error|not-found|forbidden|unauthorized)\.tsx$/);
  for (const file of beside) expect(read(file), file).not.toMatch(/\bawait |\basync /);
  const others =
    /\/(opengraph-image|twitter-image|icon|apple-icon|sitemap|robots|manifest|route)\d*\.[jt]sx?$/;
  expect(list(/^app\/\(dashboard\)\//).filter((file) => others.test(file))).toEqual([]);
});

const openPages = ['app/login/page.tsx', 'app/setup/page.tsx'];

test('only the pages before the door do without a user', () => {
  const others = list(/^app\/(.*\/)?page\.tsx$/).filter((file) => !file.startsWith('app/(dashboard)/'));
  expect(others.filter((file) => !/await (requirePermission\('|requireUser\()/.test(read(file)))).toEqual(
    openPages,
  );
});

type Identity = { name: string; token: string | null; role: { role: (typeof roles)[number] } | null };
const identities: Identity[] = [{ name: 'nobody', token: null, role: null }];
for (const role of roles)
  identities.push({ name: role, token: (await makeTestUser(role)).token, role: { role } });
const disabled = await makeTestUser('admin');
await disableUserRow(disabled.id, new Date());
identities.push({ name: 'a disabled administrator', token: disabled.token, role: null });
const revoked = await makeTestUser('admin');
await deleteLoginSessionsOf(revoked.id);
identities.push({ name: 'an administrator whose login session was ended', token: revoked.token, role: null });

function headersOf({ token }: Identity): Headers {
  const headers = new Headers({ host: 'localhost:3000', origin: 'http://localhost:3000' });
  if (token) headers.set('cookie', `lw_session=${token}`);
  return headers;
}

const may = (identity: Identity, permission: Needs) =>
  permission === 'public' ||
  (permission === 'signed-in' ? identity.role !== null : can(identity.role, permission));
const expectedCode = (identity: Identity) => (identity.role ? 'forbidden' : 'unauthenticated');

let checked = 0;
afterAll(() => console.log(`access: ${checked} pairs of identity and operation checked`));

test.each(identities)('$name may do exactly what the table of permissions says', async (identity) => {
  request.headers = headersOf(identity);
  for (const permission of permissionNames) {
    const run = vi.fn(() => Promise.resolve('done'));
    const result = await action(command({ name: 'thing.do', permission, output: z.string(), run }))();
    const allowed = may(identity, permission);
    expect(result, permission).toMatchObject(
      allowed ? { ok: true } : { ok: false, code: expectedCode(identity) },
    );
    expect(run, permission).toHaveBeenCalledTimes(allowed ? 1 : 0);
    checked++;
  }
});

test.each(identities)(
  '$name is turned away from every real action and route that is not for them',
  async (identity) => {
    request.headers = headersOf(identity);
    for (const { name, call, isRoute } of entries) {
      if (!call.permission || may(identity, call.permission)) continue;
      const code = expectedCode(identity);
      if (isRoute) {
        const method = name.split(' ').at(-1);
        const asked = new Request('http://localhost:3000/api/x', { method, headers: headersOf(identity) });
        const response = (await call(asked, { params: Promise.resolve({}) })) as Response;
        expect(response.status, name).toBe(code === 'forbidden' ? 403 : 401);
      } else expect(await call(null, new FormData()), name).toMatchObject({ ok: false, code });
      checked++;
    }
  },
);
