import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeEngine } from './engine';
import { defaultEngine, findEngine, getEngine } from './engines';
import { useEngine } from './testing/configured';

const root = path.join(import.meta.dirname, '../..');

/** Where no row says which engine is meant. */
const mayTakeDefault =
  /^(?:app\/\(dashboard\)\/.*|app\/_components\/.*|lib\/(?:.*\/)?commands\.ts|lib\/startup\.ts)$/;

test('only pages, commands and start-up take the default engine', () => {
  const takers = ['app', 'lib']
    .flatMap((top) =>
      readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${top}/${file}`,
      ),
    )
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !/\.test\.ts$|\/testing\/|^lib\/(?:generated|engine\/engines)/.test(file))
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('defaultEngine'));
  expect(takers.length).toBeGreaterThan(10);
  expect(takers.filter((file) => !mayTakeDefault.test(file))).toEqual([]);
});

test('an engine is one object for each id, and an unknown id is an error that says so', () => {
  const other = makeEngine({ id: 'other', address: 'unix:///other.sock' });
  useEngine(other);
  expect(getEngine('other')).toBe(other);
  expect(getEngine('default')).toBe(defaultEngine());
  expect(findEngine('gone')).toBeUndefined();
  expect(() => getEngine('gone')).toThrow('The engine gone is not configured');
});
