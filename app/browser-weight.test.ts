import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** What a page loads first holds no schemas: zod alone is a sixth of what a page may weigh. */
const root = path.join(import.meta.dirname, '..');

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .map((file) => path.join(import.meta.dirname, file));

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
const isOnlyTypes = (clause: string): boolean => clause.startsWith('type ');

const known = new Map<string, string[]>();
function importsOf(file: string): string[] {
  const before = known.get(file);
  if (before) return before;
  const text = readFileSync(file, 'utf8');
  const found = /^'use server'/m.test(text)
    ? []
    : [...text.matchAll(/^(?:import|export) ([^;]*?) ?from '([^']+)';/gm)]
        .filter(([, clause = '']) => !isOnlyTypes(clause))
        .flatMap(([, , name = '']) => resolve(file, name) ?? []);
  known.set(file, found);
  return found;
}

/** The way from a file to zod, by the names of the files on it. */
function wayToZod(file: string): string | undefined {
  const from = new Map<string, string | null>([[file, null]]);
  for (const at of from.keys())
    for (const next of importsOf(at)) {
      if (!from.has(next)) from.set(next, at);
      if (next !== 'zod') continue;
      const way: string[] = [];
      for (let step: string | null = at; step !== null; step = from.get(step) ?? null) way.unshift(step);
      return way.map((step) => path.relative(root, step)).join(' → ');
    }
  return undefined;
}

test('nothing that a page begins with leads to zod: labels and choices live beside the schemas', () => {
  const clients = sources.filter((file) => /^'use client'/m.test(readFileSync(file, 'utf8')));
  expect(clients.length).toBeGreaterThan(150);
  expect(clients.flatMap((file) => wayToZod(file) ?? [])).toEqual([]);
});
