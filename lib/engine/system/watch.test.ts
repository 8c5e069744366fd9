import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { currentEngine, isEngineThere, isListening, lookAtEngine, subscribe, watchEngine } from './watch';

/** An engine whose events a test writes, and which a test takes away. */
interface WatchedEngine {
  fake: FakeEngine;
  handle: Engine;
  /** Every stream of events that was asked for, in order. */
  streams: ServerResponse[];
  /** Every other call fails, as without an engine. */
  away: boolean;
  /** Streams of events end as soon as they are open. */
  endsEvents: boolean;
  /** How often each topic was told. */
  told: { engine: number; containers: number; images: number };
}

async function start(): Promise<WatchedEngine> {
  const fake = await startFakeEngine();
  const watched: WatchedEngine = {
    fake,
    handle: fake.handle,
    streams: [],
    away: false,
    endsEvents: false,
    told: { engine: 0, containers: 0, images: 0 },
  };
  fake.answer = (request, response) => {
    if (watched.away) request.socket.destroy();
    else if (request.url!.startsWith('/events')) {
      watched.streams.push(response);
      response.flushHeaders();
      if (watched.endsEvents) response.end();
    } else response.end(JSON.stringify({ Version: '28.5.2', ApiVersion: '1.51' }));
  };
  for (const topic of ['engine', 'containers', 'images'] as const)
    subscribe(fake.handle, topic, () => (watched.told[topic] += 1));
  return watched;
}

const say = ({ streams }: WatchedEngine, Type: string, Action: string) =>
  streams.at(-1)!.write(`${JSON.stringify({ Type, Action, Actor: { ID: 'x' } })}\n`);

const whenListening = ({ handle }: WatchedEngine, yes = true) =>
  vi.waitFor(() => expect(isListening(handle)).toBe(yes));

/** The next look at the engine, which is four seconds away. */
const nextLook = () => vi.advanceTimersByTimeAsync(4000);

let one: WatchedEngine;
let other: WatchedEngine;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  [one, other] = [await start(), await start()];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([one.fake.close(), other.fake.close()]);
});

test('all topics have one stream of events, and each is told of its own', async () => {
  await watchEngine(one.handle);
  await watchEngine(one.handle);
  await whenListening(one);
  await nextLook();
  expect(one.streams).toHaveLength(1);
  const { searchParams } = new URL(
    one.fake.seen.find((line) => line.includes('/events'))!.slice(4),
    'http://x',
  );
  expect(JSON.parse(searchParams.get('filters')!)).toEqual({ type: ['container', 'image', 'builder'] });
  // Whoever keeps something reads it again when the stream is open: what happened before is not known.
  expect(one.told).toEqual({ engine: 1, containers: 1, images: 1 });

  say(one, 'container', 'start');
  await vi.waitFor(() => expect(one.told).toEqual({ engine: 1, containers: 2, images: 1 }));
  say(one, 'image', 'tag');
  await vi.waitFor(() => expect(one.told).toEqual({ engine: 1, containers: 2, images: 2 }));
  say(one, 'container', 'exec_create');
  say(one, 'container', 'create');
  await vi.waitFor(() => expect(one.told).toEqual({ engine: 1, containers: 3, images: 3 }));
});

test('two engines share neither states nor streams nor subscribers', async () => {
  other.away = true;
  await Promise.all([watchEngine(one.handle), watchEngine(other.handle)]);
  await whenListening(one);
  expect(isListening(other.handle)).toBe(false);
  expect((await currentEngine(one.handle)).state).toBe('ready');
  expect((await currentEngine(other.handle)).state).toBe('away');
  say(one, 'image', 'tag');
  await vi.waitFor(() => expect(one.told.images).toBe(2));
  expect(other.told).toEqual({ engine: 1, containers: 0, images: 0 });
  expect(other.streams).toEqual([]);
});

test('a stream that ended is opened again, and what was missed is read again', async () => {
  await watchEngine(one.handle);
  await whenListening(one);
  one.streams[0]!.end();
  await whenListening(one, false);
  await nextLook();
  await whenListening(one);
  expect(one.streams).toHaveLength(2);
  expect(one.told).toEqual({ engine: 1, containers: 2, images: 2 });
  say(one, 'container', 'die');
  await vi.waitFor(() => expect(one.told.containers).toBe(3));
});

test('a stream that was open for a while is opened again at once', async () => {
  await watchEngine(one.handle);
  await whenListening(one);
  await nextLook();
  one.streams[0]!.end();
  await vi.waitFor(() => expect(one.streams).toHaveLength(2));
});

test('an engine that ends every stream at once is asked as often as it is looked at', async () => {
  one.endsEvents = true;
  await watchEngine(one.handle);
  await vi.waitFor(() => expect(one.told.images).toBe(1));
  await whenListening(one, false);
  await nextLook();
  await vi.waitFor(() => expect(one.told.images).toBe(2));
  await whenListening(one, false);
  expect(one.streams).toHaveLength(2);
});

test('an engine that went away and came back is told, and its old stream is given up', async () => {
  await watchEngine(one.handle);
  await whenListening(one);
  one.away = true; // the connection of the stream is still open, as after a network that went
  expect((await lookAtEngine(one.handle)).state).toBe('away');
  await whenListening(one, false);
  expect(one.told).toEqual({ engine: 2, containers: 1, images: 1 });
  expect(await isEngineThere(one.handle)).toBe(false);
  one.away = false;
  await nextLook();
  await whenListening(one);
  expect(one.streams).toHaveLength(2);
  expect(one.told).toEqual({ engine: 3, containers: 2, images: 2 });
  expect(await isEngineThere(one.handle)).toBe(true);
});

test('without a watch no stream is opened, and a look still reports a change of status', async () => {
  expect((await lookAtEngine(one.handle)).state).toBe('ready');
  expect(one.told).toEqual({ engine: 1, containers: 0, images: 0 });
  expect(one.streams).toEqual([]);
});
