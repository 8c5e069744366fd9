import { beforeEach, expect, it, vi } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { engineAt } from '@/lib/engine/testing/fake-engine';
import { countChange } from '@/lib/engine/wire/changes';
import { listImages } from '@/lib/engine/images/images';
import type { ImageSummary } from '@/lib/engine/images/types';
import type { EngineStatus } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { pulseMark } from '@/lib/operations/pulse';
import { readImages } from './read-images';
import { followImages } from './watch';

vi.mock('@/lib/engine/system/watch', () => ({
  currentEngine: () => Promise.resolve({ state: 'ready' } as EngineStatus),
  isListening: () => listening,
  subscribe: (_engine: Engine, _topic: string, listener: () => void) => {
    tell = listener;
  },
}));
vi.mock('@/lib/engine/images/images', () => ({ listImages: vi.fn() }));

const image = (id: string): ImageSummary => ({
  id,
  tags: [],
  digests: [],
  created: 0,
  size: 1,
  containers: 0,
  labels: {},
});
let engine: Engine;
const ids = async () => (await readImages(engine)).images.map(({ id }) => id);
const have = (...names: string[]) =>
  vi.mocked(listImages).mockImplementation(() => Promise.resolve(names.map(image)));

/** Whether the stream of the engine's events is open, and what one about images calls. */
let listening = true;
let tell: () => void;

beforeEach(() => {
  engine = engineAt('unix:///nowhere');
  listening = true;
  followImages(engine);
  vi.mocked(listImages).mockReset();
  vi.useRealTimers();
});

it('the engine is asked once, until it tells that something changed', async () => {
  have('one');
  const first = (await readImages(engine)).images;
  expect((await readImages(engine)).images).toBe(first);
  expect(listImages).toHaveBeenCalledTimes(1);
  have('one', 'two');
  tell();
  expect(await ids()).toEqual(['one', 'two']);
});

it('what we told the engine to do makes the list old at once, before any event comes', async () => {
  have('one');
  await readImages(engine);
  have();
  countChange(engine);
  expect(await ids()).toEqual([]);
});

it('while nobody would tell of changes, nothing is kept', async () => {
  listening = false;
  have('one');
  await readImages(engine);
  await readImages(engine);
  expect(listImages).toHaveBeenCalledTimes(2);
});

it('all who ask at the same time share one call', async () => {
  have('one');
  await Promise.all([readImages(engine), readImages(engine), readImages(engine)]);
  expect(listImages).toHaveBeenCalledTimes(1);
});

it('after a while it is read again behind the page, and pages are told where it is another one', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  have('one');
  const first = (await readImages(engine)).images;
  vi.advanceTimersByTime(5000);
  expect((await readImages(engine)).images).toBe(first);
  await vi.waitFor(() => expect(listImages).toHaveBeenCalledTimes(2));
  await vi.waitFor(async () => expect((await readImages(engine)).images).toBe(first)); // the same: nothing is computed again

  const before = pulseMark();
  have('two'); // as after a change that no event told of
  vi.advanceTimersByTime(5000);
  expect(await ids()).toEqual(['one']);
  await vi.waitFor(() => expect(pulseMark()).toBe(before + 1));
  expect(await ids()).toEqual(['two']);
});

it('a failure behind the page is said by the next one', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  have('one');
  await readImages(engine);
  vi.advanceTimersByTime(5000);
  vi.mocked(listImages).mockRejectedValue(new AppError('engine_unreachable'));
  expect(await readImages(engine)).toMatchObject({ asOf: null });
  await vi.waitFor(async () => expect(await readImages(engine)).toMatchObject({ asOf: expect.any(Number) }));
});
