import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const document = readFileSync(path.join(import.meta.dirname, '../../docs/faults.md'), 'utf8');

/** `## F01 …` and what is below it. */
const sections = new Map(
  document
    .split(/^## /m)
    .slice(1)
    .map((section) => [/^\S+/.exec(section)![0], section]),
);

test('every fault has its section and at least one test', () => {
  const numbers = Array.from({ length: 38 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
  const kinds = Array.from({ length: 14 }, (_, index) => `A${index + 1}`);
  expect([...sections.keys()].toSorted()).toEqual([...numbers, 'F20b', ...kinds].toSorted());
  for (const [name, section] of sections) expect(section, name).toMatch(/\.(?:test|spec|trial)\.[jt]s` `/);
});
