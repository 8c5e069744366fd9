import { describe, expect, test } from 'vitest';
import type { BaseQuestion, BaseResolution } from './base-resolution';
import type { BuilderName } from './choices';
import { featuresOf } from './features-of';

const amd64 = { asked: null, local: 'linux/amd64', engine: 'linux/amd64' };
const platforms = {
  'the engine’s': amd64,
  'asked for, and local': { ...amd64, asked: 'linux/amd64' },
  'asked for, and not local': { ...amd64, asked: 'linux/arm64/v8' },
  'not the engine’s, and not asked for': { ...amd64, local: 'linux/arm64/v8' },
} satisfies Record<string, BaseQuestion['platform']>;

type Row = [BaseQuestion['product'], BuilderName, BaseQuestion['store'], ...BaseResolution[]];

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
      const question = { product, store, platform };
      const { resolveLocalBase } = featuresOf(builder);
      expect(resolveLocalBase({ ...question, pull: false })).toBe(resolution);
      expect(resolveLocalBase({ ...question, pull: true })).toBe('registry');
    },
  );
});

test('the option to pull does not reach the frontend of a Dockerfile', () => {
  const frontend = {
    product: 'docker',
    pull: true,
    platform: amd64,
    frontend: true,
  } as const;
  const { resolveLocalBase } = featuresOf('buildkit');
  expect(resolveLocalBase({ ...frontend, store: 'graphdriver' })).toBe('local');
  expect(resolveLocalBase({ ...frontend, store: 'containerd' })).toBe('registry-first');
});

test('nothing is claimed of a builder that Podman does not have', () => {
  for (const pull of [true, false])
    expect(
      featuresOf('buildkit').resolveLocalBase({
        product: 'podman',
        store: 'graphdriver',
        platform: amd64,
        pull,
      }),
    ).toBe('unknown');
});
