import { z } from 'zod';
import { aspects } from '@/lib/filetree/entry';
import type { OperationStatus } from '@/lib/operations/schema';
import type { ImageId, OperationId, ProjectId } from '@/lib/ids';
import { differenceKinds, type Figures } from './choices';

export * from './choices';

export const difference = z.object({
  path: z.string(),
  kind: z.enum(differenceKinds),
  /** The rule that makes it time-dependent. */
  rule: z.string().optional(),
  /** What differs if both images have the path. */
  aspects: z.array(z.enum(aspects)).default([]),
  /** For display; null if the path does not exist. */
  wanted: z.string().nullable(),
  built: z.string().nullable(),
});
export type Difference = z.infer<typeof difference>;

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
  projectId: ProjectId | null;
  buildId: OperationId | null;
  imageId: ImageId;
  builtId: ImageId;
  baseId: ImageId;
  /** Null until it has succeeded. */
  figures: Figures | null;
  /** ms since 1970 */
  at: number;
  errorMessage: string | null;
}

export interface Proof {
  projectId: ProjectId;
  imageId: ImageId;
  imageName: string;
  baseId: ImageId;
  commitId: OperationId | null;
}
