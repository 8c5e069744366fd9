import http from 'node:http';
import { streamPath } from '@/lib/events/wire';
import type { SignedIn } from '@/e2e/setup/faults-builds';

/** A client that reads the event stream of an operation, as a page does, and discards it. */
export function follow({ app, cookie }: SignedIn, operation: string): Promise<() => void> {
  const { hostname, port, host } = new URL(app.url);
  const path = streamPath({ [operation]: 0 });
  return new Promise((resolve, reject) => {
    const request = http.get({ hostname, port, path, headers: { host, cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200)
        return reject(new Error(`The stream answers HTTP ${answer.statusCode}.`));
      answer.resume();
      answer.on('error', () => undefined); // closed by the caller
      resolve(() => void request.destroy());
    });
    request.on('error', reject);
  });
}
