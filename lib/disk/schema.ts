import { z } from 'zod';
import { containerId } from '@/lib/containers/schema';

export * from './choices';

/** The file system of the engine's data root, or why it is unknown. */
const fileSystem = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false), reason: z.string() }),
  z.object({
    known: z.literal(true),
    /** Mount point. */
    mountedAt: z.string(),
    type: z.string(),
    source: z.string(),
    /** It contains only the data root. */
    own: z.boolean(),
    /** Bytes; `free`: available to the engine. */
    total: z.number(),
    free: z.number(),
    /** Inodes; 0 if the file system allocates them dynamically. */
    inodes: z.number(),
    freeInodes: z.number(),
  }),
]);
export type FileSystem = z.infer<typeof fileSystem>;

/** Reclaimable space of one kind. */
const diskPart = z.object({
  count: z.number(),
  size: z.number(),
  /** Bytes that nothing uses. */
  unusedCount: z.number(),
  unusedSize: z.number(),
});
export type DiskPart = z.infer<typeof diskPart>;

const diskSummary = z.object({ images: diskPart, containers: diskPart, volumes: diskPart, cache: diskPart });
export type DiskSummary = z.infer<typeof diskSummary>;

/** The last measurement, and whether one is running. Times in ms since 1970. */
const measurement = z.object({
  summary: diskSummary.nullable(),
  measuredAt: z.number().nullable(),
  /** Duration in ms. */
  took: z.number().nullable(),
  measuringSince: z.number().nullable(),
  /** Error of the last attempt. */
  failure: z.object({ message: z.string(), hint: z.string().optional() }).nullable(),
});
export type Measurement = z.infer<typeof measurement>;

const advice = z.object({
  key: z.string(),
  level: z.enum(['good', 'info', 'warning', 'danger']),
  title: z.string(),
  /** Explanation. */
  why: z.string(),
  /** Remedy; empty if there is none. */
  action: z.string(),
});
export type Advice = z.infer<typeof advice>;
export const diskReport = z.object({ fileSystem, measurement, advice: z.array(advice) });
export type DiskReport = z.infer<typeof diskReport>;

/** Something that would be removed. */
const pruneItem = z.object({
  /** Id of a container, name of a volume. */
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  size: z.number(),
  /** Selected by default: removing it loses nothing that somebody named. */
  suggested: z.boolean(),
});
export type PruneItem = z.infer<typeof pruneItem>;

/** Preview of a clean-up. */
export const prunePreview = z.union([
  z.object({ what: z.enum(['containers', 'volumes']), items: z.array(pruneItem) }),
  z.object({ what: z.literal('build-cache'), unshared: diskPart, all: diskPart }),
]);
export type PrunePreview = z.infer<typeof prunePreview>;

/** Maximum number per clean-up. */
const most = 5000;

const volumeName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, 'This is not the name of a volume.');

/** Ids from the preview: only these are removed. */
export const pruneInput = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('containers'),
    ids: z.array(containerId).min(1, 'Select at least one.').max(most),
  }),
  z.object({
    what: z.literal('volumes'),
    names: z.array(volumeName).min(1, 'Select at least one.').max(most),
  }),
  z.object({ what: z.literal('build-cache'), all: z.boolean() }),
]);
export type PruneInput = z.output<typeof pruneInput>;

export const pruneResult = z.object({
  removed: z.number(),
  /** What could not be removed. */
  kept: z.number(),
  /** Freed bytes. */
  size: z.number(),
});
export type PruneResult = z.output<typeof pruneResult>;
