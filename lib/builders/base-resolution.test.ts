import { describe, expect, test } from 'vitest';
import { type BaseQuestion, type BaseResolution, resolveLocalBase } from './base-resolution';

const amd64 = { asked: null, local: 'linux/amd64', engine: 'linux/amd64' };
const platforms = {
  'the engine’s': amd64,
  'asked for, and local': { ...amd64, asked: 'linux/amd64' },
  'asked for, and not local': { ...amd64, asked: 'linux/arm64/v8' },
  'not the engine’s, and not asked for': { ...amd64, local: 'linux/arm64/v8' },
} satisfies Record<string, BaseQuestion['platform']>;

type Row = [BaseQuestion['product'], BaseQuestion['builder'], BaseQuestion['store'], ...BaseResolution[]];

/** Without `pull`, by platform in the order above. */
const rows: Row[] = [
  ['docker', 'buildkit', 'graphdriver', 'local', 'local', 'registry', 'registry'],
  [
    'docker',
    'buildkit',
    'containerd',
    'registry-first',
    'registry-first',
    'registry-first',
    'registry-first',
  ],
  ['docker', 'classic', 'graphdriver', 'local', 'local', 'local', 'local'],
  ['docker', 'classic', 'containerd', 'local', 'local', 'unknown', 'unknown'],
  ['podman', 'classic', 'graphdriver', 'local', 'unknown', 'unknown', 'local'],
];

describe.each(rows)('%s, the %s builder, a %s store', (product, builder, store, ...expected) => {
  test.each(Object.entries(platforms).map(([name, platform], index) => [name, platform, expected[index]]))(
    'a local base whose platform is %s',
    (_name, platform, resolution) => {
      const question = { product, builder, store, platform };
      expect(resolveLocalBase({ ...question, pull: false })).toBe(resolution);
      expect(resolveLocalBase({ ...question, pull: true })).toBe('registry');
    },
  );
});

test('the option to pull does not reach the frontend of a Dockerfile', () => {
  const frontend = {
    product: 'docker',
    builder: 'buildkit',
    pull: true,
    platform: amd64,
    frontend: true,
  } as const;
  expect(resolveLocalBase({ ...frontend, store: 'graphdriver' })).toBe('local');
  expect(resolveLocalBase({ ...frontend, store: 'containerd' })).toBe('registry-first');
});

test('nothing is claimed of a builder that Podman does not have', () => {
  for (const pull of [true, false])
    expect(
      resolveLocalBase({
        product: 'podman',
        builder: 'buildkit',
        store: 'graphdriver',
        platform: amd64,
        pull,
      }),
    ).toBe('unknown');
});
