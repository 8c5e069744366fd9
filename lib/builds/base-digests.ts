import { parseReference } from '@/lib/references/reference';
import type { BuildRecord } from './why';

/** `busybox` and `docker.io/library/busybox:latest` are one image. */
export function canonical(reference: string): string {
  const parsed = parseReference(reference);
  if (!parsed.ok) return reference;
  const { host, path, tag, digest } = parsed.reference;
  return `${host}/${path}:${tag ?? (digest ? '' : 'latest')}${digest ? `@${digest}` : ''}`;
}

export interface BaseDigests {
  /** The registry's, as the builder named it in its step. */
  step?: string;
  /** As the engine had the image when the build was over. */
  image?: string;
}

/** What a base was in a build; the two kinds cannot be compared with each other. */
export function baseDigestOf({ steps, bases }: BuildRecord, reference: string): BaseDigests {
  const wanted = canonical(reference);
  const digests: BaseDigests = {};
  for (const { kind, name } of steps) {
    const match = kind === 'base' ? /FROM (?:--\S+ )*(\S+?)@(sha256:[0-9a-f]{64})/.exec(name) : null;
    if (match && canonical(match[1]!) === wanted) digests.step = match[2];
  }
  const image = bases.find((base) => canonical(base.reference) === wanted)?.digest;
  return { ...digests, ...(image && { image }) };
}
