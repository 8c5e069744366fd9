// @ts-check
import { nextRooms, rows } from './lib/rooms.js';

/** @param {string[]} group @param {string} message */
const ban = (group, message) => ({ group, message });
const far = ban(
  ['../*', '../**'],
  'Import from another folder through @/, so that the line says where it goes.',
);
const dockerode = ban(['dockerode', 'docker-modem'], 'Only lib/engine imports dockerode.');
const prisma = ban(
  ['@prisma/*', 'better-sqlite3', '@/lib/generated/**'],
  'Only lib/db imports Prisma and SQLite.',
);
const database = ban(['@/lib/db/client'], 'A page asks a domain: only its store reads the database.');
const next = ban(
  ['next', 'next/*', 'react', 'react-dom', 'react/*'],
  `Only app and ${nextRooms.join(', ')} import Next.`,
);

/** @param {string[]} files @param {ReturnType<typeof ban>[]} patterns */
const imports = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

/** The rooms that a room of a row may not import: those above, those beside, and app. @param {string} room @param {number} row */
function bannedFrom(room, row) {
  const others = rows
    .slice(0, row + 1)
    .flat()
    .filter((other) => other !== room);
  return ['@/app/**', ...others.flatMap((other) => [`@/lib/${other}`, `@/lib/${other}/**`])];
}

/** @param {string} room @param {number} row */
function override(room, row) {
  const [top] = room.split('/');
  const hasRooms = rows.flat().some((other) => other.startsWith(`${room}/`));
  return imports(hasRooms ? [`lib/${room}/*`] : [`lib/${room}/**`, `lib/${room}.ts`], [
    far,
    ban(bannedFrom(room, row), 'Imports point down only: lib/rooms.js has the rows.'),
    ...(top === 'engine' ? [] : [dockerode]),
    ...(top === 'db' ? [] : [prisma]),
    ...(nextRooms.includes(room) ? [] : [next]),
  ]);
}

export default {
  plugins: ['typescript', 'react', 'nextjs', 'jsx-a11y', 'import', 'unicorn', 'promise'],
  categories: { correctness: 'error', suspicious: 'warn' },
  rules: {
    'react/react-in-jsx-scope': 'off',
    'no-underscore-dangle': 'off',
    'no-shadow': 'off',
    'react/no-unstable-nested-components': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'typescript/consistent-return': 'off',
    'import/no-unassigned-import': ['warn', { allow: ['**/*.css', 'server-only'] }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    'typescript/no-unsafe-type-assertion': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/require-module-specifiers': 'off',
    'jsx-a11y/no-noninteractive-tabindex': 'off',
  },
  ignorePatterns: ['lib/generated', '.next*', 'data'],
  overrides: [
    imports(['app/**'], [dockerode, prisma, database]),
    imports(['instrumentation.ts'], [far, dockerode, prisma]),
    ...rows.flatMap((rooms, row) => rooms.map((room) => override(room, row))),
    {
      files: ['**/*.test.ts', '**/*.test.tsx', 'lib/db/test-database.ts', 'lib/*/testing/**'],
      rules: {
        'no-restricted-imports': 'off',
        'max-lines': 'off',
        'max-lines-per-function': 'off',
        'react/rules-of-hooks': 'off',
      },
    },
    { files: ['lib/startup.ts'], rules: { 'import/no-unassigned-import': 'off' } },
    { files: ['bin/**', 'bench/**', 'e2e/**'], rules: { 'no-console': 'off' } },
    { files: ['e2e/**'], rules: { 'max-lines-per-function': 'off' } },
    { files: ['e2e/*.spec.ts'], rules: { 'max-lines': 'off' } },
  ],
};
