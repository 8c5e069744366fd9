import { formatReference, parseReference, withDefaultTag } from '@/lib/references/reference';
import type { BuildRecord } from './cause';

/** `busybox` and `docker.io/library/busybox:latest` are one image. */
export function canonical(reference: string): string {
  const parsed = parseReference(reference);
  return parsed.ok ? formatReference(withDefaultTag(parsed.reference)) : reference;
}

/** Whether an image of the engine is the one that has this digest at a registry or in the builder's words. */
export const hasDigest = (image: { id: string; digests: readonly string[] }, digest: string): boolean =>
  image.id === digest || image.digests.some((each) => each.endsWith(`@${digest}`));

/** The image and the registry's digest of it, where the builder says both: `[1/3] FROM host/a:1@sha256:…`. */
export function namedDigest(stepName: string): { image: string; digest: string } | null {
  const match = /\bFROM (?:--\S+ )*(\S+?)@(sha256:[0-9a-f]{64})/.exec(stepName);
  return match && { image: canonical(match[1]!), digest: match[2]! };
}

/** Each kind can be compared with its own alone. The first that two builds both know decides. */
export const digestKinds = ['step', 'image', 'registry'] as const;
/** `step`: the registry's, as the builder named it. `image`: the id on the engine. `registry`: as the engine knew it. */
type BaseDigests = Partial<Record<(typeof digestKinds)[number], string>>;

/** What a base was in a build. */
export function baseDigestOf({ steps, bases }: BuildRecord, reference: string): BaseDigests {
  const wanted = canonical(reference);
  const named = steps
    .filter((step) => step.kind === 'base')
    .map((step) => namedDigest(step.name))
    .find((each) => each?.image === wanted);
  const base = bases.find((each) => canonical(each.reference) === wanted);
  // Where the engine knew no digest of a registry, the id stands in its place.
  const registry = base?.digest === base?.id ? undefined : base?.digest;
  return {
    ...(named && { step: named.digest }),
    ...(base?.id && { image: base.id }),
    ...(registry && { registry }),
  };
}
