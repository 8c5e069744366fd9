import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notFound, redirect } from 'next/navigation';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ActionResult } from '@/lib/actions/result';
import { answered } from './answered';
import { offerPasswordPrompt } from './password-prompt';

beforeEach(() => void vi.stubGlobal('window', {}));
afterEach(() => void vi.unstubAllGlobals());

const throwing = (thrown: unknown) => () => Promise.reject<ActionResult<string>>(thrown);

test('a result is passed on, with the arguments', async () => {
  const action = vi.fn((n: number, key?: string) =>
    Promise.resolve<ActionResult<string>>({ ok: true, data: `${n} ${key}` }),
  );
  expect(await answered(action)(1, 'k')).toEqual({ ok: true, data: '1 k' });
});

test('a lost request is a failure', async () => {
  for (const thrown of [
    new TypeError('Failed to fetch'),
    new Error('An unexpected response was received from the server.'),
  ])
    expect(await answered(throwing(thrown))()).toMatchObject({
      ok: false,
      code: 'unreachable',
      hint: expect.stringContaining('try again') as string,
    });
});

test('an error of the server is named by the id in its log', async () => {
  const thrown = Object.assign(new Error('hidden'), { digest: '123' });
  expect(await answered(throwing(thrown))()).toMatchObject({
    code: 'internal',
    hint: expect.stringContaining('123') as string,
  });
});

test('where the password is needed, it is asked for, and the action called again with the same input', async () => {
  const needed: ActionResult<string> = { ok: false, code: 'password_needed', message: 'Enter it.' };
  const done: ActionResult<string> = { ok: true, data: 'done' };
  const calls: string[] = [];
  let entered = false;
  const action = (input: string) => {
    calls.push(input);
    return Promise.resolve(entered ? done : needed);
  };
  expect(await answered(action)('no dialog')).toEqual(needed);
  const takeBack = offerPasswordPrompt(() => Promise.resolve(entered));
  expect(await answered(action)('cancelled')).toEqual(needed);
  const enters = offerPasswordPrompt(() => {
    entered = true;
    return Promise.resolve(true);
  });
  takeBack(); // of one that is not the last: no effect
  expect(await answered(action)('entered')).toEqual(done);
  enters();
  expect(calls).toEqual(['no dialog', 'cancelled', 'entered', 'entered']);
});

test.each([
  ['redirect', () => redirect('/login')],
  ['notFound', () => notFound()],
])('%s stays with Next', async (_name, leave) => {
  await expect(answered(async () => leave())()).rejects.toThrow('NEXT_');
});

test('on the server it is the action itself', () => {
  vi.unstubAllGlobals();
  const action = throwing(null);
  expect(answered(action)).toBe(action);
});

const app = path.join(import.meta.dirname, '..');
const sources = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(app, file), 'utf8') }));
const importsOfActions = /^import \{([^}]*)\} from '(?:@\/app|\.)[^']*\/actions';\n/gm;
const callers = sources.filter(({ text }) => text.search(importsOfActions) >= 0);

test('server actions are imported only by client components', () => {
  expect(callers.length).toBeGreaterThan(50);
  expect(callers.filter(({ text }) => !/^'use client';$/m.test(text)).map(({ file }) => file)).toEqual([]);
});

test.each(callers)('$file calls server actions only through answered or startOnce', ({ text }) => {
  const names = [...text.matchAll(importsOfActions)].flatMap(([, list = '']) => list.match(/\w+/g) ?? []);
  const used = text.replaceAll(importsOfActions, '');
  for (const name of names) {
    expect(used.match(new RegExp(`\\b${name}\\b`, 'g'))?.length, name).toBeGreaterThan(0);
    expect(used, name).not.toMatch(new RegExp(`(?<!\\b(?:answered\\(|startOnce\\(\\s*))\\b${name}\\b`));
  }
});
