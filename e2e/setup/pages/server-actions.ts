import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { App, RunningApp } from '@/e2e/setup/app';
import { asBrowser, ask, type RawAnswer } from './raw-request';

const root = path.join(import.meta.dirname, '../../..');
const manifestFile = path.join(
  root,
  process.env.LAYERWRIGHT_DIST || '.next',
  'server/server-reference-manifest.json',
);

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({
      exportedName: z.string(),
      filename: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
});

interface ServerAction {
  id: string;
  name: string;
  file: string;
  /** A path to post to; dynamic segments are arbitrary. */
  path: string;
}

const pathOf = (worker: string) =>
  worker
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replaceAll(/\/\([^)]+\)/g, '')
    .replaceAll(/\[[^\]]+\]/g, 'any') || '/';

/** The server actions of the built app, from its manifest. */
export function listServerActions(): ServerAction[] {
  const { node } = manifest.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
  return Object.entries(node)
    .map(([id, { exportedName: name, filename: file, workers }]) => {
      const paths = Object.keys(workers).map(pathOf);
      return { id, name, file, path: paths.find((each) => !each.includes('any')) ?? paths[0] ?? '/' };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export function findServerAction(name: string): ServerAction {
  const [action, second] = listServerActions().filter((each) => each.name === name);
  if (!action || second)
    throw new Error(`There ${second ? 'are several actions' : 'is no action'} named ${name}.`);
  return action;
}

interface ActionAnswer {
  ok: boolean;
  data?: unknown;
  code?: string;
  message?: string;
  fields?: Record<string, string>;
}

/** The action's result, extracted from the React stream; null if there is none. */
export function resultOf({ text }: RawAnswer): ActionAnswer | null {
  const line = text.split('\n').find((each) => /^[0-9a-f]+:\{"ok":/.test(each));
  return line ? (JSON.parse(line.slice(line.indexOf(':') + 1)) as ActionAnswer) : null;
}

interface CallOptions {
  cookie?: string;
  headers?: Record<string, string>;
  from?: string;
}

/** Posts to an action as the browser's code does, without a page. */
export function postAction(
  app: RunningApp,
  { id, path: target }: ServerAction,
  input: unknown,
  { cookie, headers = asBrowser(app, cookie), from }: CallOptions = {},
): Promise<RawAnswer> {
  return ask(app, target, {
    method: 'POST',
    headers: {
      ...headers,
      'next-action': id,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
    },
    body: JSON.stringify(input === undefined ? [] : [input]),
    from,
  });
}

/** Like `postAction`, for a form action, which takes the previous state and the fields. */
export function postForm(
  app: App,
  { id, path: target }: ServerAction,
  fields: Record<string, string>,
  { cookie, headers = asBrowser(app, cookie), from }: CallOptions = {},
): Promise<RawAnswer> {
  const boundary = '----layerwright-test';
  const entries = [
    ...Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]),
    ['0', '[null,"$K1"]'],
  ];
  const parts = entries.map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return ask(app, target, {
    method: 'POST',
    headers: {
      ...headers,
      'next-action': id,
      accept: 'text/x-component',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body: `${parts.join('')}--${boundary}--\r\n`,
    from,
  });
}

/** For test preparation: returns the action's result or throws. */
export async function call<T>(app: RunningApp, cookie: string, name: string, input: unknown): Promise<T> {
  const answer = await postAction(app, findServerAction(name), input, { cookie });
  const result = resultOf(answer);
  if (!result?.ok)
    throw new Error(`${name}: ${answer.status} ${JSON.stringify(result) ?? answer.text.slice(0, 500)}`);
  return result.data as T;
}
