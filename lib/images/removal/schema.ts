import { z } from 'zod';
import { imageAges, type ImageAge, imageId } from '@/lib/images/schema';

/** Images that one removal takes at most: the list shows up to 200, a clean-up may find many more. */
export const mostRemoved = 5000;

export const removalRequest = z.object({
  ids: z.array(imageId).min(1, 'Choose at least one image.').max(mostRemoved),
  /** Also remove images of stopped containers. */
  withStopped: z.boolean().default(false),
});
export type RemovalRequest = z.output<typeof removalRequest>;

/** What happens to one image when it is removed now. */
const plannedRemoval = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  digests: z.array(z.string()),
  created: z.number(),
  size: z.number(),
  /** Why it stays; null where it goes. */
  refusal: z.string().nullable(),
  /** Stopped containers lose their image with it. */
  stopped: z.array(z.string()),
});
export type PlannedRemoval = z.infer<typeof plannedRemoval>;

/** What becomes free when images are removed. */
const room = z.object({
  /** Of the layers whose size is known. */
  bytes: z.number(),
  /** There is more, whose size the engine does not tell. */
  isLeast: z.boolean(),
});
export type Room = z.infer<typeof room>;

export const removalPlan = z.object({
  images: z.array(plannedRemoval),
  room,
  /** Refused only because stopped containers were made from them: they go when that is wanted. */
  heldByStopped: z.number(),
});
export type RemovalPlan = z.infer<typeof removalPlan>;

/** What a removal keeps as its input. */
export const removalInput = z.object({
  images: z.array(
    z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()), size: z.number() }),
  ),
  withStopped: z.boolean(),
});
export type RemovalInput = z.output<typeof removalInput>;

export const removalResult = z.object({
  removed: z.number(),
  /** Bytes that became free, reckoned from the layers. */
  room: z.number(),
  roomIsLeast: z.boolean().default(false),
});
export type RemovalResult = z.output<typeof removalResult>;

/** Which images a clean-up takes. */
export const pruneChoices = {
  dangling: {
    label: 'Untagged',
    hint: 'Their tag moved to a newer build or pull. No other image is based on them.',
  },
  unused: {
    label: 'Not used by a container',
    hint: 'Includes tagged images. Images that are in no registry must be rebuilt.',
  },
} as const;

const ages = ['', ...Object.keys(imageAges).filter((age) => age.startsWith('older-'))] as ['', ...ImageAge[]];
export const pruneAges = ages;

export const pruneFilter = z.object({
  which: z.enum(['dangling', 'unused']).catch('dangling').default('dangling'),
  age: z.enum(ages).catch('').default(''),
  /** Images with this label stay: `key`, or `key=value`. */
  keep: z.string().trim().max(300).catch('').default(''),
});
export type PruneFilter = z.output<typeof pruneFilter>;
