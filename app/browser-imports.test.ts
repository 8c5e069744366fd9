import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { browserFiles, browserRooms } from '@/lib/rooms.js';

/** What client components load: of lib only what lib/rooms.js lets reach a browser, and no schema when a page begins. */
const root = path.join(import.meta.dirname, '..');

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .map((file) => path.join(import.meta.dirname, file));
const clients = sources.filter((file) => /^'use client'/m.test(readFileSync(file, 'utf8')));

function resolve(from: string, name: string): string | undefined {
  if (name === 'zod') return name;
  if (!/^(@\/|\.)/.test(name)) return undefined;
  const base = name.startsWith('@/')
    ? path.join(root, name.slice(2))
    : path.resolve(path.dirname(from), name);
  return ['.ts', '.tsx', '']
    .map((end) => base + end)
    .find((file) => existsSync(file) && statSync(file).isFile());
}

/** Only `import type` vanishes (verbatimModuleSyntax): `import { type X }` still loads the module. Actions stay on the server. */
function importsOf(file: string, later: boolean): string[] {
  if (file === 'zod') return [];
  const text = readFileSync(file, 'utf8');
  if (/^'use server'/m.test(text)) return [];
  const atOnce = [...text.matchAll(/^(?:import|export) ([^;]*?) ?from '([^']+)';/gm)]
    .filter(([, clause = '']) => !clause.startsWith('type '))
    .map(([, , name = '']) => name);
  const asked = later ? [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, name = '']) => name) : [];
  return [...atOnce, ...asked].flatMap((name) => resolve(file, name) ?? []);
}

/** Everything that a file loads, each with the file that asked for it. `later`: also what it loads when it is needed. */
function reach(files: string[], later: boolean): Map<string, string | null> {
  const from = new Map<string, string | null>(files.map((file) => [file, null]));
  for (const file of from.keys())
    for (const next of importsOf(file, later)) if (!from.has(next)) from.set(next, file);
  return from;
}

function wayTo(file: string, from: Map<string, string | null>): string {
  const way: string[] = [];
  for (let step: string | null = file; step !== null; step = from.get(step) ?? null) way.unshift(step);
  return way.map((step) => path.relative(root, step)).join(' → ');
}

/** Pure files that client components share with the server under a name of their own. */
const single = ['commits/instructions'];

const mayReach = (name: string) =>
  browserRooms.includes(name.split('/')[0]!) ||
  browserFiles.some((file) => new RegExp(`(^|[/-])${file}$`).test(name)) ||
  single.includes(name);

const lib = path.join(root, 'lib');

test('of lib, only what lib/rooms.js lists reaches a browser', () => {
  const from = reach(clients, true);
  const reached = [...from.keys()].filter((file) => file.startsWith(`${lib}${path.sep}`));
  expect(reached.length).toBeGreaterThan(30);
  const moduleName = (file: string) => path.relative(lib, file).replace(/\.ts$/, '');
  expect(reached.filter((file) => !mayReach(moduleName(file))).map((file) => wayTo(file, from))).toEqual([]);
  expect(single.filter((name) => !reached.some((file) => moduleName(file) === name))).toEqual([]);
});

test('nothing that a page loads at first imports zod, a sixth of its budget', () => {
  expect(clients.length).toBeGreaterThan(150);
  const ways = clients.flatMap((file) => {
    const from = reach([file], false);
    return from.has('zod') ? [wayTo('zod', from)] : [];
  });
  expect(ways).toEqual([]);
});
