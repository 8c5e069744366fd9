import { notFound, redirect } from 'next/navigation';
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { makeTestUser } from '@/lib/auth/test-user';
import { useTestDatabase } from '@/lib/db/test-database';
import { AppError } from '@/lib/errors';
import { command } from '@/lib/commands/command';
import { action } from './action';
import { formAction } from './form-action';

const request = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: () => Promise.resolve(request.headers) }));

await useTestDatabase();
const builder = await makeTestUser('builder', 'ada');

const ours = {
  host: 'localhost:3000',
  origin: 'http://localhost:3000',
  cookie: `theme=dark; lw_session=${builder.token}`,
};
const ask = (headers: Record<string, string | undefined>) => {
  request.headers = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) request.headers.set(name, value);
};

beforeEach(() => ask(ours));

const input = z.object({
  name: z.string().min(1, 'Enter a name.'),
  tags: z.array(z.string().min(1, 'Empty.')),
});
const run = vi.fn(async (_input: z.output<typeof input>, { user }: { user: { name: string } }) => user.name);
const named = { name: 'thing.do', output: z.any() };
const rename = action(command({ ...named, permission: 'project:edit', input, run }));
const good = { name: 'httpd', tags: ['a'] };

beforeEach(() => {
  run.mockClear();
});

test('an action passes the validated input and the user to run', async () => {
  expect(await rename({ ...good, extra: 1 } as typeof good)).toEqual({ ok: true, data: 'ada' });
  expect(run.mock.calls[0]?.[0]).toEqual(good);
  expect(rename.permission).toBe('project:edit');
});

test('invalid input is reported by field path', async () => {
  expect(await rename({ name: '', tags: ['a', ''] })).toMatchObject({
    ok: false,
    code: 'invalid_input',
    fields: { name: 'Enter a name.', 'tags.1': 'Empty.' },
  });
  expect(await rename(undefined as unknown as typeof good)).toMatchObject({
    ok: false,
    code: 'invalid_input',
  });
});

test.each([
  ['a foreign host, before anything else', { host: 'evil.example', cookie: undefined }, 'misdirected'],
  ['a foreign origin', { origin: 'http://localhost:3001' }, 'forbidden'],
  ['no origin', { origin: undefined }, 'forbidden'],
  ['nobody', { cookie: undefined }, 'unauthenticated'],
  ['a made-up token', { cookie: `lw_session=${'A'.repeat(43)}` }, 'unauthenticated'],
  ['a token under another name', { cookie: `session=${builder.token}` }, 'unauthenticated'],
])('%s has no effect', async (_name, headers, code) => {
  ask({ ...ours, ...headers });
  // The input is invalid, too: a caller without the permission must not learn that.
  expect(await rename({ name: '', tags: [] })).toMatchObject({ ok: false, code });
  expect(run).not.toHaveBeenCalled();
});

test('a missing permission is reported', async () => {
  const edit = vi.fn();
  expect(await action(command({ ...named, permission: 'user:edit', run: edit }))()).toMatchObject({
    ok: false,
    code: 'forbidden',
  });
  expect(edit).not.toHaveBeenCalled();
});

test('a public action knows its user, if any, and still checks Host and Origin', async () => {
  const who = action(
    command({
      ...named,
      permission: 'public',
      because: 'a test',
      run: async (_input, { user }) => user?.name ?? null,
    }),
  );
  expect([who.permission, who.because]).toEqual(['public', 'a test']);
  expect(await who()).toEqual({ ok: true, data: 'ada' });
  ask({ ...ours, cookie: undefined });
  expect(await who()).toEqual({ ok: true, data: null });
  ask({ ...ours, origin: 'https://evil.example' });
  expect(await who()).toMatchObject({ ok: false, code: 'forbidden' });
});

test('an AppError becomes a result with its hint and fields', async () => {
  const fails = action(
    command({
      ...named,
      permission: 'project:read',
      run: async () => {
        throw new AppError('conflict', 'Taken.', {
          hint: 'Take another.',
          fields: { name: 'Taken.' },
          cause: 'secret',
        });
      },
    }),
  );
  expect(await fails()).toEqual({
    ok: false,
    code: 'conflict',
    message: 'Taken.',
    hint: 'Take another.',
    fields: { name: 'Taken.' },
  });
});

test('an unexpected error is logged, and the user gets its number', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const fails = action(
    command({
      ...named,
      permission: 'project:read',
      run: async () => {
        throw new Error('password=hunter2 at /etc/secret');
      },
    }),
  );
  const result = await fails();
  expect(result).toMatchObject({
    ok: false,
    code: 'internal',
    message: 'An unexpected error occurred on the server.',
  });
  expect(JSON.stringify(result)).not.toContain('hunter2');
  const id = /\[(\w+)\]/.exec(String(log.mock.calls[0]?.[0]))?.[1];
  expect(result).toMatchObject({ hint: expect.stringContaining(id!) as string });
  log.mockClear();
  log.mockRestore();
});

test('Next’s own signals pass through', async () => {
  const goes = action(
    command({ ...named, permission: 'project:read', run: async () => redirect('/projects') }),
  );
  await expect(goes()).rejects.toMatchObject({ digest: expect.stringContaining('NEXT_REDIRECT') as string });
  const gone = action(command({ ...named, permission: 'project:read', run: async () => notFound() }));
  await expect(gone()).rejects.toMatchObject({ digest: expect.stringContaining('404') as string });
});

test('a form is read as its schema says', async () => {
  const save = formAction(
    command({
      ...named,
      permission: 'project:edit',
      input: z
        .object({
          name: z.string(),
          port: z.number().optional(),
          note: z.string().optional(),
          noCache: z.boolean(),
          pull: z.boolean().default(false),
          tags: z.array(z.string()),
          target: z.string().trim().nullish(),
          size: z.preprocess((value) => value, z.string()),
        })
        .refine((value) => value.name !== 'bad', 'Not this.'),
      run: async (values) => values,
    }),
  );
  const form = new FormData();
  for (const [key, value] of [
    ['name', 'httpd'],
    ['port', '8080'],
    ['note', ''],
    ['noCache', 'on'],
    ['tags', 'a'],
    ['tags', 'b'],
    ['size', '1m'],
    ['admin', 'true'],
    ['$ACTION_ID_x', ''],
    ['__proto__', 'x'],
  ] as const)
    form.append(key, value);
  expect(await save(null, form)).toEqual({
    ok: true,
    data: { name: 'httpd', port: 8080, noCache: true, pull: false, tags: ['a', 'b'], size: '1m' },
  });
  expect(await save(null, new FormData())).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) as string },
  });
  form.set('name', 'bad');
  expect(await save(null, form)).toMatchObject({ ok: false, message: 'Not this.' });
});
