import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { engineCache, makeEngine } from './engine';

const lib = path.dirname(import.meta.dirname);

test('a cache has one value for each engine, found again by a copy of its module', () => {
  const [one, other] = ['one', 'other'].map((id) => makeEngine({ id, address: `unix:///${id}.sock` }));
  const words = engineCache('words', ({ id }) => [id]);
  words(one!).push('kept');
  const copy = engineCache('words', (): string[] => []);
  expect(copy(one!)).toEqual(['one', 'kept']);
  expect(words(other!)).toEqual(['other']);
});

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.ts$/.test(file) && !/^generated|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(lib, file), 'utf8') }));

const namesIn = (call: RegExp) =>
  sources.flatMap(({ file, text }) => [...text.matchAll(call)].map((match) => ({ file, name: match[1]! })));

test('every cache of an engine has a name of its own', () => {
  const names = namesIn(/\bengineCache\(\s*'([^']+)'/g).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(names).toHaveLength(new Set(names).size);
});

const remembered = namesIn(/\bremember(?:<[^(]*>)?\(\s*'([^']+)'/g);

test('every value of the process has a name of its own', () => {
  const names = remembered.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names).toHaveLength(new Set(names).size);
});

test('files that use an engine keep by the process only what is no answer of one', () => {
  const talking = new Set(
    sources
      .filter(({ text }) => /from '@\/lib\/engine\/(?:engine|wire\/(?:dial|client))'/.test(text))
      .map(({ file }) => file),
  );
  const kept = remembered.filter(({ file }) => talking.has(file));
  expect(kept.map(({ name }) => name).toSorted()).toEqual(['fetching', 'operation-kinds']);
});
