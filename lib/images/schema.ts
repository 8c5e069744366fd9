import { z } from 'zod';
import type { StepKind } from '@/lib/events/events';
import type { OperationSummary } from '@/lib/operations/schema';
import { parseReference } from '@/lib/references/reference';
import { checkStatuses } from '@/lib/registries/schema';

/** An image's full id; in addresses of pages without `sha256:`. */
export const imageId = z
  .string()
  .regex(/^(sha256:)?[a-f0-9]{64}$/, 'This is not the id of an image.')
  .transform((id) => (id.startsWith('sha256:') ? id : `sha256:${id}`));

export * from './href';

/** A name to give to an image; refused with Docker's reason. */
export const tagReference = z.string().transform((text, context) => {
  const parsed = parseReference(text);
  const reason = !parsed.ok
    ? parsed.reason
    : parsed.reference.digest
      ? 'A digest cannot be used as a tag.'
      : null;
  if (parsed.ok && reason === null) return parsed.reference;
  context.addIssue({ code: 'custom', message: reason ?? '' });
  return z.NEVER;
});

export const imageSorts = ['created', 'oldest', 'size', 'own', 'name', 'containers'] as const;
export const imageViews = ['all', 'tagged', 'untagged', 'used', 'unused'] as const;
export const sortLabels: Record<(typeof imageSorts)[number], string> = {
  created: 'Newest first',
  oldest: 'Oldest first',
  size: 'Largest first',
  own: 'Largest unique size first',
  name: 'Name',
  containers: 'Most used first',
};
export const viewLabels: Record<(typeof imageViews)[number], string> = {
  all: 'All images',
  tagged: 'Tagged',
  untagged: 'Untagged',
  used: 'In use',
  unused: 'Not used by a container',
};

const day = 24 * 60 * 60 * 1000;
/** ms; negative for images that are younger. */
export const imageAges = {
  '1d': { label: 'Created in the last day', age: -day },
  '7d': { label: 'Created in the last week', age: -7 * day },
  'older-7d': { label: 'Older than a week', age: 7 * day },
  'older-30d': { label: 'Older than a month', age: 30 * day },
  'older-180d': { label: 'Older than half a year', age: 180 * day },
} as const;
export type ImageAge = keyof typeof imageAges;

const MB = 1_000_000;
/** Bytes; negative for images that are smaller. */
export const imageSizes = {
  'under-10mb': { label: 'Under 10 MB', size: -10 * MB },
  '10mb': { label: '10 MB and more', size: 10 * MB },
  '100mb': { label: '100 MB and more', size: 100 * MB },
  '500mb': { label: '500 MB and more', size: 500 * MB },
  '1gb': { label: '1 GB and more', size: 1000 * MB },
} as const;
const keysOf = <Values extends object>(values: Values) =>
  ['', ...Object.keys(values)] as ['', ...(keyof Values)[]];

/** From the address of the list; nonsense in it means the default. */
export const imageFilter = z.object({
  q: z.string().trim().max(300).catch('').default(''),
  view: z.enum(imageViews).catch('all').default('all'),
  sort: z.enum(imageSorts).catch('created').default('created'),
  /** Host of a registry that one of its names is of; `docker.io` for names without one. */
  host: z.string().trim().toLowerCase().max(300).catch('').default(''),
  /** `key`, or `key=value`. */
  label: z.string().trim().max(300).catch('').default(''),
  age: z.enum(keysOf(imageAges)).catch('').default(''),
  size: z.enum(keysOf(imageSizes)).catch('').default(''),
  /** Id of the last image before this page. */
  after: z.string().max(80).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50).default(50),
});
export type ImageFilter = z.output<typeof imageFilter>;

/** Whether anything but the order is asked for. */
export const isFiltered = ({ q, view, host, label, age, size }: ImageFilter): boolean =>
  q !== '' || view !== 'all' || host !== '' || label !== '' || age !== '' || size !== '';

/** One layer of the picture, base first. */
export interface Stratum {
  kind: StepKind;
  /** Null: unknown, as of a layer that the engine has not unpacked. */
  size: number | null;
  label: string;
}

export interface ImageRow {
  id: string;
  tags: string[];
  digests: string[];
  /** In ms since 1970. */
  created: number;
  size: number;
  /** Bytes that only this image has; null where that is not known (yet). */
  own: number | null;
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
  /** Bytes of all layers of all images, each counted once; null while not all of them were looked at. */
  bytes: number | null;
  /** Layers whose size is unknown, which are not in it. */
  unknownLayers: number;
  /** Registries that names of images are of, and keys of their labels. */
  hosts: string[];
  labels: string[];
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
  /** Of an image for several platforms: the one that was pushed, and those that the engine does not have. */
  partial: z.object({ pushed: z.string(), missing: z.array(z.string()) }).optional(),
});
export type PushOutcome = z.output<typeof pushResult>;

/** What a layer on its way is. */
export interface PushLayer {
  /** As the engine reports it. */
  id: string;
  kind: StepKind;
  /** Null: unknown, as of a layer that the engine has not unpacked. */
  size: number | null;
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
const pushRegistry = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  local: z.boolean(),
  status: z.enum(checkStatuses).nullable(),
  /** Namespace of the last push to it, and else of its login; may be empty. */
  namespace: z.string(),
});
export type PushRegistry = z.infer<typeof pushRegistry>;

export const pushOptions = z.object({
  imageId: z.string(),
  /** The image's names, familiar form. */
  tags: z.array(z.string()),
  /** Name and tag to prefill, without host and namespace. */
  name: z.string(),
  tag: z.string(),
  registries: z.array(pushRegistry),
  /** Full references that this image's name was pushed to, newest first, with this image's tag. */
  recent: z.array(z.string()),
});
export type PushOptions = z.infer<typeof pushOptions>;
