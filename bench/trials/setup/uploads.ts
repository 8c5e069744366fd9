import { ask, asBrowser } from '@/e2e/setup/pages/raw-request';
import type { World } from './world';

const partBytes = 1024 * 1024;

/** How much of each upload the server has acknowledged. */
export type Acknowledged = Map<string, number>;

/** Sends a file in parts, as a page does. Returns the upload's id. */
export async function upload(
  { app, cookie }: World,
  name: string,
  content: Buffer,
  acknowledged: Acknowledged,
): Promise<string> {
  const headers = { ...asBrowser(app, cookie), 'tus-resumable': '1.0.0' };
  const metadata = `name ${Buffer.from(name).toString('base64')}`;
  const made = await ask(app, '/api/uploads', {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(content.length), 'upload-metadata': metadata },
  });
  const location = made.headers.location;
  if (made.status !== 201 || !location) throw new Error(`The upload: HTTP ${made.status} ${made.text}`);
  const { pathname } = new URL(location, app.url);
  acknowledged.set(pathname, 0);
  for (let offset = 0; offset < content.length; offset += partBytes) {
    const body = content.subarray(offset, offset + partBytes);
    const sent = await ask(app, pathname, {
      method: 'PATCH',
      headers: {
        ...headers,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body,
    });
    if (sent.status !== 204) throw new Error(`The upload: HTTP ${sent.status} ${sent.text}`);
    acknowledged.set(pathname, offset + body.length);
  }
  return pathname.split('/').at(-1)!;
}

/**
 * Uploads of which the server has less than it had acknowledged. One that was used up is gone; the others are cancelled,
 * since a user may have only some.
 */
export async function findLostParts({ app, cookie }: World, acknowledged: Acknowledged): Promise<string[]> {
  const lost: string[] = [];
  for (const [path, bytes] of acknowledged) {
    const headers = { ...asBrowser(app, cookie), 'tus-resumable': '1.0.0' };
    const answer = await ask(app, path, { method: 'HEAD', headers });
    const offset = Number(answer.headers['upload-offset']);
    if (answer.status === 200 && offset < bytes)
      lost.push(`${path}: ${offset} of ${bytes} acknowledged bytes`);
    if (answer.status === 200) await ask(app, path, { method: 'DELETE', headers });
  }
  return lost;
}
