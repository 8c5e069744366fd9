import http, { type IncomingMessage } from 'node:http';
import type { StoredEvent } from '@/lib/events/events';
import { type EventsMessage, streamPath } from '@/lib/events/wire';
import type { SignedIn } from './faults-builds';

/** A client that follows an operation as a page does. */
interface Viewer {
  events: StoredEvent[];
  /** Resolves with the `end` event. */
  ended: Promise<void>;
  /** Stops reading until `resume`. */
  pause(): void;
  resume(): void;
  /** Leaves, as a page that is closed. */
  close(): void;
}

const eventsIn = (message: string): StoredEvent[] => {
  const lines = message.split('\n');
  if (!lines.includes('event: events')) return [];
  const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length) ?? '';
  return (JSON.parse(data) as EventsMessage).events;
};

/** Resolves when the server has started to respond. */
export async function openViewer({ app, cookie }: SignedIn, operation: string): Promise<Viewer> {
  const { hostname, port, host } = new URL(app.url);
  const path = streamPath({ [operation]: 0 });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    // A separate connection, as with a browser.
    const request = http.get({ hostname, port, path, headers: { host, cookie }, agent: false }, resolve);
    request.on('error', reject);
  });
  if (answer.statusCode !== 200) throw new Error(`The stream answers HTTP ${answer.statusCode}.`);

  const events: StoredEvent[] = [];
  let held = '';
  const ended = new Promise<void>((resolve, reject) => {
    answer.setEncoding('utf8').on('data', (text: string) => {
      const messages = (held + text).split('\n\n');
      held = messages.pop() ?? '';
      for (const message of messages) events.push(...eventsIn(message));
      if (events.at(-1)?.type !== 'end') return;
      resolve();
      answer.destroy();
    });
    answer.on('error', reject);
    answer.on('close', () => reject(new Error(`The stream closed after ${events.length} events.`)));
  });
  ended.catch(() => undefined); // handled by whoever awaits it
  return {
    events,
    ended,
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    close: () => void answer.destroy(),
  };
}
