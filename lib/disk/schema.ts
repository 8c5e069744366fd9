import { z } from 'zod';
import { containerId } from '@/lib/containers/schema';

export * from './choices';

/** The file system that the data root of the engine is on; or why it is not known. */
export type FileSystem =
  | { known: false; reason: string }
  | {
      known: true;
      /** Where it is mounted. */
      mountedAt: string;
      type: string;
      source: string;
      /** It holds nothing but the data root. */
      own: boolean;
      /** Bytes; `free` is what the engine can still write. */
      total: number;
      free: number;
      /** Entries that files need; 0 where the file system makes them as needed. */
      inodes: number;
      freeInodes: number;
    };

/** What can be removed of one kind. */
export interface DiskPart {
  count: number;
  size: number;
  /** Of it, what nothing uses. */
  unusedCount: number;
  unusedSize: number;
}

export interface DiskSummary {
  images: DiskPart;
  containers: DiskPart;
  volumes: DiskPart;
  cache: DiskPart;
}

/** The last measurement, and whether one goes on. Times in ms since 1970. */
export interface Measurement {
  summary: DiskSummary | null;
  measuredAt: number | null;
  /** How long that took, in ms. */
  took: number | null;
  measuringSince: number | null;
  /** Why the last attempt gave nothing. */
  failure: { message: string; hint?: string } | null;
}

export type AdviceLevel = 'good' | 'info' | 'warning' | 'danger';

export interface Advice {
  key: string;
  level: AdviceLevel;
  title: string;
  /** Why it matters. */
  why: string;
  /** What to do; empty where nothing is to be done. */
  action: string;
}

export interface DiskReport {
  fileSystem: FileSystem;
  measurement: Measurement;
  advice: Advice[];
}

/** One thing that would go. */
export interface PruneItem {
  /** Id of a container, name of a volume. */
  id: string;
  name: string;
  detail: string;
  size: number;
  /** Chosen unless somebody says otherwise: nothing that was named is lost by it. */
  suggested: boolean;
}

/** What a prune takes, to be looked at before. */
export type PrunePreview =
  | { what: 'containers' | 'volumes'; items: PruneItem[] }
  | { what: 'build-cache'; unshared: DiskPart; all: DiskPart };

/** More at once is for a second prune. */
const most = 5000;

const volumeName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, 'This is not the name of a volume.');

/** Exactly what was looked at goes, never what came after. */
export const pruneInput = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('containers'),
    ids: z.array(containerId).min(1, 'Choose at least one.').max(most),
  }),
  z.object({
    what: z.literal('volumes'),
    names: z.array(volumeName).min(1, 'Choose at least one.').max(most),
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
