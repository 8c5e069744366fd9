import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const document = readFileSync(path.join(root, 'docs/faults.md'), 'utf8');

/** `## F01 …` and what is below it. */
const sections = new Map(
  document
    .split(/^## /m)
    .slice(1)
    .map((section) => [/^\S+/.exec(section)![0], section]),
);
const tests = [...document.matchAll(/`([\w./-]+\.(?:test|spec|trial)\.[jt]s)` `([^`]+)`/g)].map(
  ([, file, title]) => ({ file: file!, title: title! }),
);

test('every fault has its section and at least one test', () => {
  const numbers = Array.from({ length: 38 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
  const kinds = Array.from({ length: 14 }, (_, index) => `A${index + 1}`);
  expect([...sections.keys()].toSorted()).toEqual([...numbers, 'F20b', ...kinds].toSorted());
  for (const [name, section] of sections) expect(section, name).toMatch(/\.(?:test|spec|trial)\.[jt]s` `/);
});

test('every test that the document names exists under this title', () => {
  expect(tests.length).toBeGreaterThan(sections.size);
  const missing = tests.filter(({ file, title }) => {
    const source = existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '';
    return !["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
  });
  expect(missing).toEqual([]);
});
