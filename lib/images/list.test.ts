import { beforeEach, expect, it, vi } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { findLayers, listImages } from '@/lib/engine/images/images';
import type { HistoryEntry, ImageSummary } from '@/lib/engine/images/types';
import { engineAt } from '@/lib/engine/testing/fake-engine';
import type { EngineStatus } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { currentEngine } from '@/lib/engine/system/watch';
import { listImagePage } from './list';
import { imageFilter } from './schema';

vi.mock('@/lib/engine/system/watch', () => ({ currentEngine: vi.fn(), isListening: () => false }));
vi.mock('@/lib/engine/images/images', () => ({ listImages: vi.fn(), findLayers: vi.fn() }));

const image = (n: number, more: Partial<ImageSummary> = {}): ImageSummary => ({
  id: `sha256:${String(n).padStart(64, '0')}`,
  tags: [`app${n}:1`],
  digests: [],
  created: n * 1000,
  size: 1000 - n,
  containers: n % 3,
  labels: {},
  ...more,
});

let engine: Engine;
const list = (query: Record<string, unknown> = {}) => listImagePage(engine, imageFilter.parse(query));
const names = async (query: Record<string, unknown>) =>
  (await list(query)).rows.map(({ tags }) => tags[0] ?? '–');

const entry = (layer: string, size: number): HistoryEntry => ({
  id: null,
  created: 0,
  instruction: `RUN make ${layer}`,
  kind: 'run',
  size,
  empty: false,
  layer,
  comment: '',
  tags: [],
});

const ready = { state: 'ready' } as EngineStatus;

const have = (images: ImageSummary[]) => {
  vi.mocked(currentEngine).mockResolvedValue(ready);
  vi.mocked(listImages).mockResolvedValue(images);
  vi.mocked(findLayers).mockImplementation((_engine, id) =>
    Promise.resolve({ layers: ['base', id], history: [entry('base', 100), entry(id, 5)] }),
  );
};

beforeEach(() => {
  engine = engineAt('unix:///nowhere');
  vi.mocked(findLayers).mockClear();
});

it('is searched, filtered and sorted', async () => {
  have([
    image(1),
    image(2, { tags: [] }),
    image(3, { labels: { team: 'Blue' } }),
    image(4, { tags: ['reg.example/x/app9:2'] }),
  ]);
  expect(await names({})).toEqual(['reg.example/x/app9:2', 'app3:1', '–', 'app1:1']);
  expect(await names({ sort: 'size' })).toEqual(['app1:1', '–', 'app3:1', 'reg.example/x/app9:2']);
  expect(await names({ sort: 'name' })).toEqual(['app1:1', 'app3:1', 'reg.example/x/app9:2', '–']);
  expect(await names({ q: 'REG.example  app9' })).toEqual(['reg.example/x/app9:2']);
  expect(await names({ q: 'team=blue' })).toEqual(['app3:1']);
  expect(await names({ view: 'untagged' })).toEqual(['–']);
  expect(await names({ view: 'unused' })).toEqual(['app3:1']);
  expect(await names({ sort: 'nonsense', view: 7, limit: 'x' })).toHaveLength(4);
});

it('is filtered by registry, label, age and size', async () => {
  const day = 24 * 60 * 60 * 1000;
  have([
    image(1, { tags: ['reg.example:5000/me/a:1'], created: Date.now() - 2 * day, size: 2_000_000 }),
    image(2, {
      tags: [],
      digests: [`reg.example:5000/me/b@sha256:${'b'.repeat(64)}`],
      created: 0,
      size: 200_000_000,
    }),
    image(3, { labels: { team: 'Blue', stage: '' }, created: Date.now(), size: 20_000_000 }),
  ]);
  expect(await names({ host: 'reg.example:5000', sort: 'size' })).toEqual(['–', 'reg.example:5000/me/a:1']);
  expect(await names({ host: 'docker.io' })).toEqual(['app3:1']);
  expect(await names({ label: 'team' })).toEqual(['app3:1']);
  expect(await names({ label: 'team=Blue' })).toEqual(['app3:1']);
  expect(await names({ label: 'team=blue' })).toEqual([]);
  expect(await names({ label: 'stage=' })).toEqual(['app3:1']);
  expect(await names({ age: '1d' })).toEqual(['app3:1']);
  expect(await names({ age: 'older-7d' })).toEqual(['–']);
  expect(await names({ size: '100mb' })).toEqual(['–']);
  expect(await names({ size: 'under-10mb' })).toEqual(['reg.example:5000/me/a:1']);
  expect(await list({})).toMatchObject({
    hosts: ['docker.io', 'reg.example:5000'],
    labels: ['stage', 'team'],
  });
});

it('knows what each image has of its own, once all of them were looked at', async () => {
  have([image(1), image(2)]);
  const page = await list();
  expect(page.bytes).toBe(110);
  expect(page.rows.map(({ own }) => own)).toEqual([5, 5]);
});

it('a short name stands before what the image was pushed as', async () => {
  have([image(1, { tags: ['127.0.0.1:5000/me/site:1', 'registry.example/site:1', 'site:1', 'asite:1'] })]);
  expect((await list()).rows[0]!.tags).toEqual([
    'asite:1',
    'site:1',
    '127.0.0.1:5000/me/site:1',
    'registry.example/site:1',
  ]);
});

it('a thousand images are paged through in order, each once, forth and back', async () => {
  const all = Array.from({ length: 1000 }, (_, n) => image(n));
  have(all);
  const seen: string[] = [];
  let page = await list({ limit: 150 });
  const cursors: (string | null | undefined)[] = [];
  for (;;) {
    seen.push(...page.rows.map(({ id }) => id));
    if (!page.older) break;
    page = await list({ limit: 150, after: page.older });
    cursors.push(page.newer);
  }
  expect(seen).toEqual(all.toReversed().map(({ id }) => id));
  expect(cursors[0]).toBeNull();
  expect((await list({ limit: 150, after: cursors[1] })).first).toBe(151);
  expect((await list({ limit: 150, after: 'sha256:gone' })).first).toBe(1);
  // Those that no page showed are looked at in the background, each once, too.
  await vi.waitFor(async () => expect((await list()).bytes).toBe(100 + 1000 * 5));
  expect(findLayers).toHaveBeenCalledTimes(1000);
});

it('an image is looked into once, since it never changes', async () => {
  have([image(1), image(2)]);
  expect((await list()).rows[0]!.layers).toBe(2);
  await list();
  expect(findLayers).toHaveBeenCalledTimes(2);
});

it('while the engine is away, what it had is shown, and since when', async () => {
  have([image(1)]);
  await list();
  vi.mocked(listImages).mockRejectedValue(new AppError('engine_unreachable'));
  expect(await list()).toMatchObject({ total: 1, asOf: expect.any(Number) });
  engine = engineAt('unix:///nowhere');
  await expect(list()).rejects.toMatchObject({ code: 'engine_unreachable' });
});

it('an engine that is known to be away is not asked', async () => {
  have([image(1)]);
  await list();
  vi.mocked(listImages).mockClear();
  const away = { state: 'stalled', address: 'x', message: 'Not answering.', hint: 'Wait.' } as const;
  vi.mocked(currentEngine).mockResolvedValue(away);
  expect(await list()).toMatchObject({ total: 1, asOf: expect.any(Number) });
  engine = engineAt('unix:///nowhere');
  await expect(list()).rejects.toMatchObject({ message: 'Not answering.', hint: 'Wait.' });
  expect(listImages).not.toHaveBeenCalled();
});

it('an image that goes away meanwhile keeps its row', async () => {
  have([image(1)]);
  vi.mocked(findLayers).mockRejectedValue(new AppError('engine_rejected'));
  expect((await list()).rows).toMatchObject([{ layers: null, strata: [] }]);
});
