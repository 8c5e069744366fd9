import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { roomTable, rows } from './rooms.js';

const root = path.join(import.meta.dirname, '..');
const rooms = rows.flat();

test('every room of the table exists, and every folder and file of lib is in it', () => {
  const missing = rooms.filter(
    (room) => !existsSync(path.join(root, 'lib', room)) && !existsSync(path.join(root, 'lib', `${room}.ts`)),
  );
  expect(missing).toEqual([]);
  const found = readdirSync(path.join(root, 'lib'))
    .filter((name) => !/^(generated|README\.md|rooms\..*)$|\.test\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''));
  expect(found.filter((name) => !rooms.includes(name))).toEqual([]);
});

test('lib/README.md shows the table', () => {
  expect(readFileSync(path.join(root, 'lib/README.md'), 'utf8')).toContain(roomTable());
});

/** A tree with one file in each room that imports one other room, looked at by the project's own configuration. */
function lint(imports: Record<string, string>): string[] {
  const directory = mkdtempSync(path.join(tmpdir(), 'rooms-'));
  try {
    mkdirSync(path.join(directory, 'lib'));
    for (const file of ['oxlint.config.mjs', 'lib/rooms.js', 'package.json'])
      copyFileSync(path.join(root, file), path.join(directory, file));
    for (const [room, other] of Object.entries(imports)) {
      mkdirSync(path.join(directory, 'lib', room), { recursive: true });
      writeFileSync(
        path.join(directory, 'lib', room, 'injected.ts'),
        `import { x } from '${other}';\nexport const y = x;\n`,
      );
    }
    const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
    const args = [oxlint, '-c', 'oxlint.config.mjs', '--format', 'unix', 'lib'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
    return Object.keys(imports).filter((room) =>
      stdout
        .split('\n')
        .some((line) => line.includes(`lib/${room}/injected.ts`) && line.includes('no-restricted-imports')),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** For each room another one of a row, chosen by its distance from the room's own; rooms without such a one are left out. */
function pairs(choose: (row: number, room: string) => string | undefined): Record<string, string> {
  const found = rows.flatMap((names, row) =>
    names.map((room) => [room, choose(row, room)] as const).filter(([, other]) => other !== undefined),
  );
  return Object.fromEntries(found) as Record<string, string>;
}

test.each([
  ['of the row above', pairs((row) => rows[row - 1] && `@/lib/${rows[row - 1]![0]}/x`)],
  ['of the top row', pairs((row) => (row > 0 ? '@/lib/startup' : undefined))],
  [
    'beside',
    pairs((row, room) => rows[row]!.filter((other) => other !== room).map((other) => `@/lib/${other}/x`)[0]),
  ],
  ['of app', pairs(() => '@/app/_hooks/use-now')],
  ['another way than by @/', pairs(() => '../errors')],
  ['dockerode', pairs((_row, room) => (room.startsWith('engine') ? undefined : 'dockerode'))],
  ['Prisma', pairs((_row, room) => (room === 'db' ? undefined : '@/lib/generated/prisma/client'))],
])('an import %s is reported in every room', (_name, imports) => {
  expect(Object.keys(imports).length).toBeGreaterThan(10);
  expect(lint(imports)).toEqual(Object.keys(imports));
});

test('an import of a row below is not reported', () => {
  expect(lint(pairs((row) => rows[row + 1] && `@/lib/${rows[row + 1]![0]}/x`))).toEqual([]);
});
