import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Documents that name tests as proofs: the file and, beside it, the title, each in backticks. A test that is renamed or removed
 * must be so there, too.
 */
const root = path.join(import.meta.dirname, '..');
const docs = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const proof = /`([\w./[\]()-]+\.(?:test|spec|trial)\.[jt]s)` `([^`]+)`/g;

const proofs = docs.flatMap((name) =>
  [...read(`docs/${name}`).matchAll(proof)].map(([, file = '', title = '']) => ({
    doc: `docs/${name}`,
    file,
    title,
  })),
);

/** As it is written in a string of the source. */
const written = (title: string) => [title, title.replaceAll("'", String.raw`\'`)];

test.each(proofs)('$doc: $file has “$title”', ({ file, title }) => {
  expect(existsSync(path.join(root, file)), file).toBe(true);
  const source = read(file);
  expect(
    ["'", '`', '"'].some((quote) => written(title).some((text) => source.includes(quote + text + quote))),
  ).toBe(true);
});

const sections = read('docs/attacks.md')
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ name: text.slice(0, text.indexOf('\n')), text }));

test.each(sections)('docs/attacks.md: $name has a proof, or says why not', ({ text }) => {
  expect(text).toMatch(/\.(test|spec)\.[jt]s` `|^Not here: /m);
});

test('what holds an attack is there', () => {
  const named = [...read('docs/attacks.md').matchAll(/`((?:app|bin|lib|e2e|docs)\/[\w./[\]()-]+)`/g)];
  expect(named.length).toBeGreaterThan(100);
  expect(named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('every fault has its section and at least one test', () => {
  const faults = read('docs/faults.md')
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ name: /^\S+/.exec(text)![0], text }));
  const numbers = Array.from({ length: 38 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
  const kinds = Array.from({ length: 14 }, (_, index) => `A${index + 1}`);
  expect(faults.map(({ name }) => name).toSorted()).toEqual([...numbers, 'F20b', ...kinds].toSorted());
  for (const { name, text } of faults) expect(text, name).toMatch(/\.(?:test|spec|trial)\.[jt]s` `/);
});
