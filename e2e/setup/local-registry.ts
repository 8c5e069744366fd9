import { createHash } from 'node:crypto';

const bytes = 'kept by the registry';

/** Stores a blob in a registry without a login; returns its digest. */
export async function pushBlob(host: string): Promise<string> {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const begun = await fetch(`http://${host}/v2/earlier/blobs/uploads/`, { method: 'POST' });
  const location = new URL(begun.headers.get('location') ?? '', `http://${host}`);
  location.searchParams.set('digest', digest);
  const stored = await fetch(location, { method: 'PUT', body: bytes });
  if (stored.status !== 201) throw new Error(`The registry stored nothing: ${stored.status}`);
  return digest;
}

/** The status of that blob; null if there is no registry. `login`: `user:password`. */
export async function askBlob(host: string, digest: string, login = ''): Promise<number | null> {
  const headers = login ? { authorization: `Basic ${Buffer.from(login).toString('base64')}` } : undefined;
  const answer = await fetch(`http://${host}/v2/earlier/blobs/${digest}`, { headers }).catch(() => null);
  return answer?.status ?? null;
}
