import { z } from 'zod';
import type { StepKind } from '@/lib/events/events';
import type { OperationSummary } from '@/lib/operations/schema';
import { parseReference } from '@/lib/references/reference';
import type { CheckStatus } from '@/lib/registries/schema';

/** An image's full id; in addresses of pages without `sha256:`. */
export const imageId = z
  .string()
  .regex(/^(sha256:)?[a-f0-9]{64}$/, 'This is not the id of an image.')
  .transform((id) => (id.startsWith('sha256:') ? id : `sha256:${id}`));

export const imageHref = (id: string): string => `/images/${id.replace(/^sha256:/, '')}`;

/** A name to give to an image; refused with Docker's reason. */
export const tagReference = z.string().transform((text, context) => {
  const parsed = parseReference(text);
  const reason = !parsed.ok
    ? parsed.reason
    : parsed.reference.digest
      ? 'A digest cannot be given as a tag.'
      : null;
  if (parsed.ok && reason === null) return parsed.reference;
  context.addIssue({ code: 'custom', message: reason ?? '' });
  return z.NEVER;
});

export const imageSorts = ['created', 'size', 'name', 'containers'] as const;
export const imageViews = ['all', 'tagged', 'untagged', 'unused'] as const;
export const sortLabels: Record<(typeof imageSorts)[number], string> = {
  created: 'Newest first',
  size: 'Largest first',
  name: 'By name',
  containers: 'Most used first',
};
export const viewLabels: Record<(typeof imageViews)[number], string> = {
  all: 'All images',
  tagged: 'With a tag',
  untagged: 'Without a tag',
  unused: 'Not used by a container',
};

/** From the address of the list; nonsense in it means the default. */
export const imageFilter = z.object({
  q: z.string().trim().max(300).catch('').default(''),
  view: z.enum(imageViews).catch('all').default('all'),
  sort: z.enum(imageSorts).catch('created').default('created'),
  /** Id of the last image before this page. */
  after: z.string().max(80).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50).default(50),
});
export type ImageFilter = z.output<typeof imageFilter>;

/** One layer of the picture, base first. */
export interface Stratum {
  kind: StepKind;
  size: number;
  label: string;
}

export interface ImageRow {
  id: string;
  tags: string[];
  /** In ms since 1970. */
  created: number;
  size: number;
  containers: number;
  /** Null where the engine did not say in time. */
  layers: number | null;
  strata: Stratum[];
}

export interface ImagePage {
  rows: ImageRow[];
  /** Of those that fit the filter, and of all. */
  matching: number;
  total: number;
  /** When the engine was last asked, where it cannot be asked now. */
  asOf: number | null;
  /** From 1; where this page begins. */
  first: number;
  /** Cursor of the page before: null for the first one, undefined where this is it. */
  newer: string | null | undefined;
  older: string | null;
}

/** Where to push: a stored registry and a name in it, or a whole reference. */
export const pushTarget = z.union([
  z.object({ registryId: z.string(), repository: z.string(), tag: z.string().default('latest') }),
  z.object({ reference: z.string() }),
]);
export type PushTarget = z.input<typeof pushTarget>;

/** What one asks for. */
export const startPushInput = z.object({
  /** Id or reference. */
  image: z.string().min(1),
  target: pushTarget,
});
export type StartPushInput = z.input<typeof startPushInput>;

/** What a push operation keeps as its input. */
export const pushInput = z.object({
  imageId: z.string(),
  /** The name it was known by, without its tag: later pushes of the same name suggest the same target. */
  name: z.string().nullable(),
  /** Full reference with its tag. */
  reference: z.string(),
});
export type PushInput = z.output<typeof pushInput>;

export const pushResult = z.object({
  reference: z.string(),
  digest: z.string(),
  size: z.number().nullable(),
  /** Who said that the tag has this digest: the registry to us, or to the engine. */
  verifiedBy: z.enum(['registry', 'engine']),
});
export type PushOutcome = z.output<typeof pushResult>;

/** What a layer on its way is. */
export interface PushLayer {
  /** As the engine reports it. */
  id: string;
  kind: StepKind;
  size: number;
  label: string;
}

export interface PushDetails {
  operation: OperationSummary;
  input: PushInput;
  /** Null until it has succeeded. */
  result: PushOutcome | null;
  /** Base first; empty where the image is gone. */
  layers: PushLayer[];
}

/** A registry as the push dialog offers it. */
export interface PushRegistry {
  id: string;
  name: string;
  host: string;
  local: boolean;
  status: CheckStatus | null;
  /** Namespace of the last push to it, and else of its login; may be empty. */
  namespace: string;
}

export interface PushOptions {
  imageId: string;
  /** The image's names, familiar form. */
  tags: string[];
  /** Name and tag to prefill, without host and namespace. */
  name: string;
  tag: string;
  registries: PushRegistry[];
  /** Full references that this image's name was pushed to, newest first, with this image's tag. */
  recent: string[];
}
