import 'server-only';
import { withDefaultTag, type Reference } from '@/lib/references/reference';
import type { RegistryAccess } from './access';
import { askRegistry, type RegistryAnswer } from './connection';
import { parseRetryAfter } from './retry-after';

/** Answers that explain why a push fails: too busy, too large, full, broken. */
const explains = (status: number) => status === 413 || status === 429 || status >= 500;

/** A blob that no registry has: the answer to the question is what counts. */
const noBlob = `sha256:${'0'.repeat(64)}`;

type Ask = (request: Parameters<typeof askRegistry>[1]) => Promise<RegistryAnswer>;

/** Opens an upload, announces a layer without sending it, and cancels the upload. */
async function askUpload(ask: Ask, repository: string, bytes: number | null): Promise<RegistryAnswer> {
  const opened = await ask({ method: 'POST', path: `${repository}/blobs/uploads/` });
  const { location } = opened.headers;
  if (opened.status !== 202 || !location || !URL.canParse(location, 'http://registry')) return opened;
  // Only path and query: the request goes to the registry itself, wherever the location leads.
  const { pathname, search } = new URL(location, 'http://registry');
  const path = `${pathname}${search}`;
  try {
    return bytes ? await ask({ method: 'PATCH', path, announcedBytes: bytes }) : opened;
  } finally {
    await ask({ method: 'DELETE', path }).catch(() => null); // expires by itself otherwise
  }
}

/** Whether this login may still push, as the registry answers to a push of ours; true if it gives no answer. */
export async function mayPush(
  access: RegistryAccess,
  reference: Reference,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const ask: Ask = (request) => askRegistry(access, request, signal);
    const { status } = await askUpload(ask, `/v2/${reference.path}`, null);
    return status !== 401 && status !== 403;
  } catch (error) {
    if (signal?.aborted) throw error;
    return true;
  }
}

export interface PushAnswer {
  status: number;
  retryAfterSeconds: number | null;
}

/**
 * Why a push fails, as the engine forwards neither status nor headers: the requests of a push are made from here,
 * without content. The first answer that explains it; null if there is none, or the registry is not reached.
 */
export async function findPushAnswer(
  access: RegistryAccess,
  reference: Reference,
  layerBytes: number | null,
  signal?: AbortSignal,
): Promise<PushAnswer | null> {
  const { path, tag } = withDefaultTag(reference);
  const repository = `/v2/${path}`;
  const ask: Ask = (request) => askRegistry(access, request, signal);
  const questions = [
    () => ask({ path: '/v2/' }),
    () => ask({ method: 'HEAD', path: `${repository}/manifests/${tag}` }),
    () => ask({ method: 'HEAD', path: `${repository}/blobs/${noBlob}` }),
    () => askUpload(ask, repository, layerBytes),
  ];
  for (const question of questions) {
    try {
      const { status, headers } = await question();
      if (explains(status)) return { status, retryAfterSeconds: parseRetryAfter(headers['retry-after']) };
    } catch (error) {
      if (signal?.aborted) throw error;
      return null; // Optional: without an answer, the usual delay applies.
    }
  }
  return null;
}
