import 'server-only';
import { createHash } from 'node:crypto';
import { formatReference, withDefaultTag, type Reference } from '@/lib/references/reference';
import { askRegistry, type RegistryAnswer } from './connection';
import type { RegistryAccess } from './access';
import { faultError, faultOf, type Fault } from './errors';

interface RemoteManifest {
  digest: string;
  mediaType: string;
  /** Bytes; null if unknown. */
  size: number | null;
}

/** All media types of images and indexes; a registry converts unlisted ones, which changes the digest. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Limit of the distribution specification. */
const maxManifestBytes = 4 * 1024 * 1024;

/** The meaning of a registry's refusal; its own text is part of the message. */
export function refusalOf(answer: RegistryAnswer, host: string): Fault {
  const { status, withheld } = answer;
  const words = wordsOf(answer);
  if (withheld) {
    return {
      status: 'plain-http',
      message: `${host} requires a login, but speaks plain HTTP: the password was not sent.`,
      hint: 'Choose plain HTTP for this registry if the network is trusted, or give the registry a certificate.',
    };
  }
  if (status === 401)
    return {
      status: 'denied',
      message: `${host} refused the login${words}.`,
      hint: 'Check the user name and password that are stored for this registry.',
    };
  if (status === 403)
    return {
      status: 'denied',
      message: `${host} does not allow this${words}.`,
      hint: 'The login may lack the right.',
    };
  if (status >= 300 && status < 400)
    return {
      status: 'failed',
      message: `${host} redirects to ${answer.headers.location ?? 'another address'}, which is not followed.`,
      hint: 'If that is the registry, add it under that host.',
    };
  if (status === 429)
    return {
      status: 'failed',
      message: `${host} is rate limiting: too many requests.`,
      hint: 'Try again later.',
    };
  return {
    status: 'failed',
    message: `${host} answered ${status}${words}.`,
    hint: 'Check the log of the registry.',
  };
}

/** ` (text of the registry)`, or nothing. */
function wordsOf({ body }: RegistryAnswer): string {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { errors?: { message?: unknown }[] } | null;
    const message = parsed?.errors?.[0]?.message;
    return typeof message === 'string' && message ? ` (${message.slice(0, 500)})` : '';
  } catch {
    return ''; // an HTML page, or nothing: the status is enough
  }
}

function read(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function askManifest(
  access: RegistryAccess,
  reference: Reference,
  method: 'HEAD' | 'GET',
  signal: AbortSignal | undefined,
): Promise<RegistryAnswer> {
  const { path, tag, digest } = withDefaultTag(reference);
  const headers = { accept: manifestTypes };
  const request = {
    method,
    path: `/v2/${path}/manifests/${digest ?? tag}`,
    headers,
    maxBody: maxManifestBytes,
  };
  return askRegistry(access, request, signal).catch((error: unknown) => {
    throw faultError(faultOf(error, access.host), error);
  });
}

/** The manifest of a tag or digest; null if there is none. Throws an AppError if it cannot be determined. */
export async function headManifest(
  access: RegistryAccess,
  reference: Reference,
  signal?: AbortSignal,
): Promise<RemoteManifest | null> {
  let answer = await askManifest(access, reference, 'HEAD', signal);
  if (answer.status === 404) return null;
  let found = read(answer.headers['docker-content-digest']);
  if (answer.status === 200 && !found) {
    answer = await askManifest(access, reference, 'GET', signal);
    found = `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
  }
  if (answer.status !== 200)
    throw faultError(refusalOf(answer, access.host), new Error(formatReference(reference)));
  const length = Number(read(answer.headers['content-length']));
  return {
    digest: found,
    mediaType: read(answer.headers['content-type']),
    size: Number.isFinite(length) && length > 0 ? length : null,
  };
}

/** Digest of a manifest's configuration: Docker's image id. Null for an index, which has none. */
export async function findManifestConfig(
  access: RegistryAccess,
  reference: Reference,
  signal?: AbortSignal,
): Promise<string | null> {
  const answer = await askManifest(access, reference, 'GET', signal);
  if (answer.status !== 200) return null;
  try {
    const manifest = JSON.parse(answer.body.toString('utf8')) as { config?: { digest?: unknown } } | null;
    const digest = manifest?.config?.digest;
    return typeof digest === 'string' ? digest : null;
  } catch (cause) {
    const message = `${access.host} sent an unreadable manifest.`;
    throw faultError({ status: 'failed', message, hint: 'Check the log of the registry.' }, cause);
  }
}
