import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heartbeatMs } from '@/lib/events/wire';
import type { Pulse } from '@/lib/operations/status';
import { StreamClient, type StreamState } from './stream-client';

/** The part of the browser's EventSource that the client uses. */
class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }
  close() {
    this.closed = true;
  }
  say(name: string, data: unknown = 1) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}

const latest = () => FakeSource.all.at(-1)!;
const operation = '0123456789abcdef';
const pulse: Pulse = {
  active: [],
  version: 1,
  containers: 0,
  images: 0,
  engine: { state: 'ready', message: '', hint: '', since: 0 },
  storage: { state: 'ready', message: '', hint: '', since: 0 },
};
let client: StreamClient;
let states: StreamState[];

beforeEach(() => {
  FakeSource.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  client = new StreamClient(pulse);
  states = [];
  client.onState(() => states.push(client.state));
  client.start();
  vi.advanceTimersByTime(0);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a broken connection is reported, and resumed from the last event', () => {
  const seqs: number[] = [];
  client.follow(operation, 0, (events) => seqs.push(...events.map(({ seq }) => seq)));
  vi.advanceTimersByTime(0);
  latest().say('open');
  latest().say('events', { operation, events: [{ seq: 1 }, { seq: 2 }] });
  latest().say('error');
  expect(states).toEqual(['open', 'lost']);
  vi.advanceTimersByTime(500);
  expect(latest().url).toContain(`${operation}:2`);
  latest().say('open');
  expect(client.state).toBe('open');
  expect(seqs).toEqual([1, 2]);
});

test('a silent connection is reported as lost, one with heartbeats is not', () => {
  latest().say('open');
  for (let beat = 0; beat < 10; beat++) {
    vi.advanceTimersByTime(heartbeatMs);
    latest().say('beat');
  }
  expect(states).toEqual(['open']);
  const silent = latest();
  vi.advanceTimersByTime(3 * heartbeatMs);
  expect(silent.closed).toBe(true);
  expect(states).toEqual(['open', 'lost']);
  expect(latest()).not.toBe(silent);
});

test('a request without a response is retried', () => {
  const first = latest();
  vi.advanceTimersByTime(3 * heartbeatMs);
  expect(first.closed).toBe(true);
  expect(FakeSource.all).toHaveLength(2);
});

test('a hidden page closes its connection without reporting it as lost, and reopens it when visible', () => {
  latest().say('open');
  const page = document as unknown as EventTarget & { hidden: boolean };
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(10 * heartbeatMs);
  expect(states).toEqual(['open', 'paused']);
  expect(FakeSource.all).toHaveLength(1);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(0);
  expect(FakeSource.all).toHaveLength(2);
});

test('the pulse is that of the page until the stream sends one', () => {
  const seen: number[] = [];
  client.onPulse(() => seen.push(client.pulse.version));
  expect(client.pulse).toBe(pulse);
  latest().say('pulse', { ...pulse, version: 2 });
  expect(seen).toEqual([2]);
  expect(client.firstPulse).toBe(pulse);
});
