import { z } from 'zod';
import { containerId } from '@/lib/containers/schema';

export * from './choices';

/** The file system that the data root of the engine is on; or why it is not known. */
const fileSystem = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false), reason: z.string() }),
  z.object({
    known: z.literal(true),
    /** Where it is mounted. */
    mountedAt: z.string(),
    type: z.string(),
    source: z.string(),
    /** It holds nothing but the data root. */
    own: z.boolean(),
    /** Bytes; `free` is what the engine can still write. */
    total: z.number(),
    free: z.number(),
    /** Entries that files need; 0 where the file system makes them as needed. */
    inodes: z.number(),
    freeInodes: z.number(),
  }),
]);
export type FileSystem = z.infer<typeof fileSystem>;

/** What can be removed of one kind. */
const diskPart = z.object({
  count: z.number(),
  size: z.number(),
  /** Of it, what nothing uses. */
  unusedCount: z.number(),
  unusedSize: z.number(),
});
export type DiskPart = z.infer<typeof diskPart>;

const diskSummary = z.object({ images: diskPart, containers: diskPart, volumes: diskPart, cache: diskPart });
export type DiskSummary = z.infer<typeof diskSummary>;

/** The last measurement, and whether one goes on. Times in ms since 1970. */
const measurement = z.object({
  summary: diskSummary.nullable(),
  measuredAt: z.number().nullable(),
  /** How long that took, in ms. */
  took: z.number().nullable(),
  measuringSince: z.number().nullable(),
  /** Why the last attempt gave nothing. */
  failure: z.object({ message: z.string(), hint: z.string().optional() }).nullable(),
});
export type Measurement = z.infer<typeof measurement>;

const advice = z.object({
  key: z.string(),
  level: z.enum(['good', 'info', 'warning', 'danger']),
  title: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** What to do; empty where nothing is to be done. */
  action: z.string(),
});
export type Advice = z.infer<typeof advice>;
export const diskReport = z.object({ fileSystem, measurement, advice: z.array(advice) });
export type DiskReport = z.infer<typeof diskReport>;

/** One thing that would go. */
const pruneItem = z.object({
  /** Id of a container, name of a volume. */
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  size: z.number(),
  /** Chosen unless somebody says otherwise: nothing that was named is lost by it. */
  suggested: z.boolean(),
});
export type PruneItem = z.infer<typeof pruneItem>;

/** What a prune takes, to be looked at before. */
export const prunePreview = z.union([
  z.object({ what: z.enum(['containers', 'volumes']), items: z.array(pruneItem) }),
  z.object({ what: z.literal('build-cache'), unshared: diskPart, all: diskPart }),
]);
export type PrunePreview = z.infer<typeof prunePreview>;

/** More at once is for a second prune. */
const most = 5000;

const volumeName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, 'This is not the name of a volume.');

/** Exactly what was looked at goes, never what came after. */
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
  /** What the engine did not let go. */
  kept: z.number(),
  /** Bytes that became free. */
  size: z.number(),
});
export type PruneResult = z.output<typeof pruneResult>;
