import http from 'node:http';
import { streamPath } from '@/lib/events/wire';
import type { SignedIn } from '@/e2e/setup/faults-builds';

/** Somebody who has a page of the operation open, as far as the server can tell: reads its stream and looks at nothing. */
export function follow({ app, cookie }: SignedIn, operation: string): Promise<() => void> {
  const { hostname, port, host } = new URL(app.url);
  const path = streamPath({ [operation]: 0 });
  return new Promise((resolve, reject) => {
    const request = http.get({ hostname, port, path, headers: { host, cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200)
        return reject(new Error(`The stream answers HTTP ${answer.statusCode}.`));
      answer.resume();
      answer.on('error', () => undefined); // ended by who follows
      resolve(() => void request.destroy());
    });
    request.on('error', reject);
  });
}
