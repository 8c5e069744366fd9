import 'server-only';
import type { StoredEvent } from '@/lib/events/events';
import { remember } from '@/lib/remember';
import type { OperationId } from '@/lib/ids';

/** The newest events of an operation, so that its viewers need not each read the database again, and who waits for more. */
interface Channel {
  /** Goes up with everything that is published and when the channel closes. */
  version: number;
  closed: boolean;
  readers: number;
  /** When the last reader left, or when there was none yet; ms since 1970. */
  leftAt: number;
  recent: (readonly StoredEvent[])[];
  recentEvents: number;
  recentBytes: number;
  waiters: Set<() => void>;
}

/** Events kept in memory per operation; a reader further behind reads the database. */
const keptEvents = 2000;
/** And characters of logs and terminals in them. */
const keptBytes = 8 * 1024 * 1024;

const bytesOf = (events: readonly StoredEvent[]) =>
  events.reduce(
    (sum, event) =>
      sum + (event.type === 'output' ? event.data.length : event.type === 'log' ? event.text.length : 0),
    0,
  );

const channels = () => remember('operation-channels', () => new Map<string, Channel>());

function channelOf(id: OperationId): Channel {
  let channel = channels().get(id);
  if (!channel) {
    channel = {
      version: 0,
      closed: false,
      readers: 0,
      leftAt: Date.now(),
      recent: [],
      recentEvents: 0,
      recentBytes: 0,
      waiters: new Set(),
    };
    channels().set(id, channel);
  }
  return channel;
}

function wake(channel: Channel) {
  channel.version += 1;
  const waiting = [...channel.waiters];
  channel.waiters.clear();
  for (const resolve of waiting) resolve();
}

/** Tells the followers of an operation about events that are stored; a terminal's are stored right after. */
export function publish(id: OperationId, events: readonly StoredEvent[]): void {
  const channel = channelOf(id);
  channel.recent.push(events);
  channel.recentEvents += events.length;
  channel.recentBytes += bytesOf(events);
  while (
    (channel.recentEvents > keptEvents || channel.recentBytes > keptBytes) &&
    channel.recent.length > 1
  ) {
    const oldest = channel.recent.shift()!;
    channel.recentEvents -= oldest.length;
    channel.recentBytes -= bytesOf(oldest);
  }
  wake(channel);
}

/** The operation has ended: nothing more comes, and readers find everything in the database. */
export function closeChannel(id: OperationId): void {
  const channel = channels().get(id);
  if (!channel) return;
  channels().delete(id);
  channel.closed = true;
  wake(channel);
}

/** Since when nobody follows an operation that has published something; null while somebody does. */
export function unwatchedSince(id: OperationId): number | null {
  const channel = channels().get(id);
  return channel && channel.readers === 0 ? channel.leftAt : null;
}

/** A reader's hold on a channel. Take it before reading the database, so that nothing falls between the two. */
interface Watch {
  /** To be taken before a reading, and given to `changed` after it. */
  version(): number;
  /** No more will be published. */
  closed(): boolean;
  /** What memory has after a number; undefined where only the database can tell. */
  recentAfter(after: number): StoredEvent[] | undefined;
  /** Resolves when anything was published since `version`, when the operation ends, or when the signal is aborted. */
  changed(version: number, signal: AbortSignal): Promise<void>;
  release(): void;
}

export function watchChannel(id: OperationId): Watch {
  const channel = channelOf(id);
  channel.readers += 1;
  return {
    version: () => channel.version,
    closed: () => channel.closed,
    recentAfter(after) {
      const first = channel.recent[0]?.[0];
      if (!first || after < first.seq - 1) return undefined;
      return channel.recent
        .filter((batch) => batch.at(-1)!.seq > after)
        .flatMap((batch) => (batch[0]!.seq > after ? batch : batch.filter((event) => event.seq > after)));
    },
    changed(version, signal) {
      if (channel.version !== version || channel.closed || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          channel.waiters.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        channel.waiters.add(done);
        signal.addEventListener('abort', done);
      });
    },
    release() {
      channel.readers -= 1;
      channel.leftAt = Date.now();
      const unused = channel.readers === 0 && channel.recent.length === 0;
      if (unused && channels().get(id) === channel) channels().delete(id);
    },
  };
}
