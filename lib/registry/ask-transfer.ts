import 'server-only';
import { withDefaultTag, type Reference } from '@/lib/references/reference';
import type { RegistryAccess } from './access';
import { askRegistry, type RegistryAnswer } from './connection';
import { parseRetryAfter } from './retry-after';

/** Answers that explain why a transfer fails: too busy, too large, full, broken. */
const explains = (status: number) => status === 413 || status === 429 || status >= 500;

/** A blob that no registry has: the answer to the question is what counts. */
const noBlob = `sha256:${'0'.repeat(64)}`;

function manifestOf(reference: Reference) {
  const { path, tag, digest } = withDefaultTag(reference);
  return { method: 'HEAD', path: `/v2/${path}/manifests/${digest ?? tag}` } as const;
}

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

/** Whether the login is accepted, as an answer shows; true if there is none. */
async function isAccepted(question: () => Promise<RegistryAnswer>, signal?: AbortSignal): Promise<boolean> {
  try {
    const { status } = await question();
    return status !== 401 && status !== 403;
  } catch (error) {
    if (signal?.aborted) throw error;
    return true;
  }
}

/** Whether this login may still push. */
export function mayPush(access: RegistryAccess, { path }: Reference, signal?: AbortSignal): Promise<boolean> {
  const ask: Ask = (request) => askRegistry(access, request, signal);
  return isAccepted(() => askUpload(ask, `/v2/${path}`, null), signal);
}

/** Whether this login may still pull. */
export const mayPull = (access: RegistryAccess, reference: Reference, signal?: AbortSignal) =>
  isAccepted(() => askRegistry(access, manifestOf(reference), signal), signal);

export interface TransferAnswer {
  status: number;
  retryAfterSeconds: number | null;
}

/** The first answer that explains a failure; null if there is none, or the registry is not reached. */
async function findExplanation(
  questions: (() => Promise<RegistryAnswer>)[],
  signal?: AbortSignal,
): Promise<TransferAnswer | null> {
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

const askToRead = (ask: Ask, reference: Reference) => [
  () => ask({ path: '/v2/' }),
  () => ask(manifestOf(reference)),
  () => ask({ method: 'HEAD', path: `/v2/${reference.path}/blobs/${noBlob}` }),
];

/**
 * Why a push fails, as the engine forwards neither status nor headers: the requests of a push are made from here,
 * without content.
 */
export function findPushAnswer(
  access: RegistryAccess,
  reference: Reference,
  layerBytes: number | null,
  signal?: AbortSignal,
): Promise<TransferAnswer | null> {
  const ask: Ask = (request) => askRegistry(access, request, signal);
  const upload = () => askUpload(ask, `/v2/${reference.path}`, layerBytes);
  return findExplanation([...askToRead(ask, reference), upload], signal);
}

/** Why a pull fails: the requests of a pull are made from here, for nothing of an image. */
export function findPullAnswer(
  access: RegistryAccess,
  reference: Reference,
  signal?: AbortSignal,
): Promise<TransferAnswer | null> {
  const ask: Ask = (request) => askRegistry(access, request, signal);
  return findExplanation(askToRead(ask, reference), signal);
}
