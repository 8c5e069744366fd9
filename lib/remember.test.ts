import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

test('no two values of the process have one key', () => {
  const root = path.join(import.meta.dirname, '..');
  const names = ['app', 'lib']
    .flatMap((room) =>
      readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${room}/${file}`,
      ),
    )
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\/testing\/|^lib\/generated\//.test(name));
  const keys = new Map<string, string[]>();
  for (const name of names)
    for (const [, key = ''] of readFileSync(path.join(root, name), 'utf8').matchAll(
      /remember\(\s*'([^']+)'/g,
    ))
      keys.set(key, [...(keys.get(key) ?? []), name]);
  expect(keys.size).toBeGreaterThan(20);
  expect([...keys].filter(([, users]) => users.length > 1)).toEqual([]);
});
