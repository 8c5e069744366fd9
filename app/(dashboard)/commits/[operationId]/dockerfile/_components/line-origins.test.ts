import { expect, test } from 'vitest';
import { lineOf, originsOf } from './line-origins';

const generated = ['FROM a', '', 'RUN b \\', ' && c', 'CMD d'];
const origins = [[], [], [1, 2], [1, 2], []].map((commands) => ({ commands }));

test('lines keep their origin through edits around them', () => {
  const edited = ['# mine', 'FROM a', 'RUN b \\', ' && c', 'RUN more', 'CMD d'];
  const found = originsOf(generated, origins, edited);
  expect(found.map(({ commands }) => commands)).toEqual([[], [], [1, 2], [1, 2], [], []]);
  expect(lineOf(found, 2)).toBe(3);
  expect(lineOf(found, 9)).toBe(0);
});

test('a changed line has no origin', () => {
  const found = originsOf(generated, origins, generated.with(2, 'RUN other \\'));
  expect(found.map(({ commands }) => commands)).toEqual([[], [], [], [1, 2], []]);
});
