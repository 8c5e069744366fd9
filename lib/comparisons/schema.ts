import { z } from 'zod';
import type { OperationStatus } from '@/lib/operations/schema';
import { aspects, differenceKinds, type Figures } from './choices';

export * from './choices';

export const difference = z.object({
  path: z.string(),
  kind: z.enum(differenceKinds),
  /** The rule that calls it time-dependent. */
  rule: z.string().optional(),
  /** What differs, where both have it. */
  aspects: z.array(z.enum(aspects)).default([]),
  /** In words; null where it is not there. */
  wanted: z.string().nullable(),
  built: z.string().nullable(),
});
export type Difference = z.infer<typeof difference>;

/** What a comparison operation keeps as its input. */
export const comparisonInput = z.object({
  projectId: z.string(),
  buildId: z.string().nullable(),
  imageId: z.string(),
  builtId: z.string(),
  baseId: z.string(),
});
export type ComparisonInput = z.infer<typeof comparisonInput>;

export const comparisonResult: z.ZodType<Figures> = z.object({
  agree: z.number(),
  volatile: z.number(),
  different: z.number(),
  missing: z.number(),
  extra: z.number(),
});

export interface ComparisonSummary {
  id: string;
  status: OperationStatus;
  projectId: string | null;
  buildId: string | null;
  imageId: string;
  builtId: string;
  baseId: string;
  /** Null until it has succeeded. */
  figures: Figures | null;
  /** ms since 1970 */
  at: number;
  errorMessage: string | null;
}

export interface Proof {
  projectId: string;
  imageId: string;
  imageName: string;
  baseId: string;
  commitId: string | null;
}
