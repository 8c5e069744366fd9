import type { StoredEvent } from '@/lib/events/events';
import { type Cursor, type EventsMessage, heartbeatMs, streamPath } from '@/lib/events/wire';
import type { Pulse } from '@/lib/operations/status';

export type StreamState = 'connecting' | 'open' | 'paused' | 'lost';

type EventsListener = (events: StoredEvent[]) => void;

const retryDelaysMs = [500, 1000, 2000, 5000, 10_000];
/** Two missed heartbeats. A connection can break silently: a sleeping laptop, a router that dropped it. */
const silenceMs = 2 * heartbeatMs + 5000;

/**
 * The one event stream of a page. Browsers allow six connections per origin over HTTP/1.1, so the page shares one, closes
 * it while the tab is hidden, and resumes by event number. We track the numbers (not `Last-Event-ID`), because the set of
 * followed operations changes while the page lives.
 */
export class StreamClient {
  private source: EventSource | undefined;
  private readonly cursor: Cursor = {};
  private readonly followers = new Map<string, Set<EventsListener>>();
  private readonly pulseListeners = new Set<() => void>();
  private readonly stateListeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private started = false;
  private readonly followed = new Set<string>();
  private readonly shownEnds = new Set<string>();
  state: StreamState = 'connecting';
  pulse: Pulse;

  /** `firstPulse`: the pulse that the server rendered the page with. */
  constructor(readonly firstPulse: Pulse) {
    this.pulse = firstPulse;
  }

  start(): () => void {
    this.started = true;
    const onVisibility = () => (document.hidden ? this.pause() : this.connectSoon(0));
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onVisibility);
    onVisibility();
    return () => {
      this.started = false;
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onVisibility);
      this.pause();
    };
  }

  /** Calls with every event after `after`, in order, once. */
  follow(operation: string, after: number, listener: EventsListener): () => void {
    this.followed.add(operation);
    const listeners = this.followers.get(operation) ?? new Set();
    listeners.add(listener);
    this.followers.set(operation, listeners);
    this.cursor[operation] = Math.min(this.cursor[operation] ?? after, after);
    this.connectSoon(0);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.forget(operation);
    };
  }

  /** Whether a page of this tab has shown the operation while it ran. */
  hasFollowed(operation: string): boolean {
    return this.followed.has(operation);
  }

  /** Whether a page showed its end live. */
  hasShownEnd(operation: string): boolean {
    return this.shownEnds.has(operation);
  }

  readonly onPulse = (listener: () => void): (() => void) => {
    this.pulseListeners.add(listener);
    return () => this.pulseListeners.delete(listener);
  };

  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  private forget(operation: string) {
    this.followers.delete(operation);
    delete this.cursor[operation];
  }

  private setState(state: StreamState) {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.stateListeners) listener();
  }

  private pause() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.close();
    this.setState('paused');
  }

  private connectSoon(delayMs: number) {
    if (!this.started || document.hidden) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), delayMs);
  }

  private close() {
    clearTimeout(this.silence);
    this.source?.close();
    this.source = undefined;
  }

  private lose(source: EventSource) {
    source.close();
    if (this.source !== source) return;
    this.close();
    this.setState('lost');
    this.connectSoon(retryDelaysMs[Math.min(this.failures++, retryDelaysMs.length - 1)]!);
  }

  private connect() {
    this.close();
    const source = new EventSource(streamPath(this.cursor));
    this.source = source;
    const heard = () => {
      if (this.source !== source) return;
      clearTimeout(this.silence);
      this.silence = setTimeout(() => this.lose(source), silenceMs);
    };
    heard();
    for (const name of ['open', 'events', 'pulse', 'beat']) source.addEventListener(name, heard);
    source.addEventListener('open', () => {
      this.failures = 0;
      this.setState('open');
    });
    source.addEventListener('events', (message) =>
      this.receive(JSON.parse(message.data as string) as EventsMessage),
    );
    source.addEventListener('pulse', (message) => {
      this.pulse = JSON.parse(message.data as string) as Pulse;
      for (const listener of this.pulseListeners) listener();
    });
    source.addEventListener('error', () => this.lose(source));
  }

  private receive({ operation, events }: EventsMessage) {
    const seen = this.cursor[operation];
    if (seen === undefined) return;
    this.cursor[operation] = Math.max(seen, events.at(-1)!.seq);
    if (events.at(-1)!.type === 'end') this.shownEnds.add(operation);
    for (const listener of this.followers.get(operation) ?? []) listener(events);
  }
}
