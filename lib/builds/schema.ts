import { z } from 'zod';
import {
  operationId,
  type OperationStatus,
  operationStatus,
  type OperationSummary,
} from '@/lib/operations/schema';
import { familiarName, parseReference } from '@/lib/references/reference';
import { type BuildOptions, buildOptions } from '@/lib/projects/options/schema';
import type { ImageId, OperationId, ProjectId } from '@/lib/ids';

/** What one asks for; without options it is the project's own. */
export const startBuildInput = z.object({
  projectId: z.string().min(1),
  options: buildOptions.optional(),
  /** Push to the options' targets when it has succeeded. */
  push: z.boolean().default(false),
});
export type StartBuildInput = z.input<typeof startBuildInput>;

/** What a build operation keeps as its input. */
export const buildInput = z.object({
  projectId: z.string(),
  options: buildOptions,
  push: z.boolean(),
  /** Started by somebody who may let a build reach the engine's host. */
  hostAllowed: z.boolean().default(false),
});
export type BuildInput = z.output<typeof buildInput>;

export const buildResult = z.object({
  imageId: z.string(),
  /** Ids of the pushes that it started. */
  pushes: z.array(z.string()),
});
export type BuildResult = z.output<typeof buildResult>;

export const buildBase = z.object({
  reference: z.string(),
  /** The builder's or the registry's; the image's id where there is none; null where the engine had not got it. */
  digest: z.string().nullable(),
  /** The image's id on the engine; null also where the builder took another than the engine has under the name. */
  id: z.string().nullable().default(null),
});
export type BuildBase = z.infer<typeof buildBase>;

export const buildEngine = z.object({
  product: z.string(),
  version: z.string(),
  apiVersion: z.string(),
  os: z.string(),
  arch: z.string(),
  store: z.string(),
});
export type BuildEngine = z.infer<typeof buildEngine>;

export interface BuildSummary extends OperationSummary {
  projectId: ProjectId | null;
  projectName: string;
  /** Counts within its project, from 1. */
  number: number;
  tags: string[];
  builder: string | null;
  imageId: ImageId | null;
  imageSize: number | null;
  steps: number;
  cachedSteps: number;
}

export interface BuildDetails extends BuildSummary {
  dockerfile: string;
  dockerfileText: string | null;
  options: BuildOptions;
  /** sha256 over paths, types, modes and contents. */
  contextDigest: string | null;
  contextBytes: number | null;
  contextCount: number | null;
  bases: BuildBase[];
  engine: BuildEngine | null;
  push: boolean;
}

/** One build of a project's trend. Figures of what did not succeed would say nothing. */
export interface TrendPoint {
  id: OperationId;
  number: number;
  status: OperationStatus;
  /** Milliseconds. */
  time: number | null;
  size: number | null;
  /** 0 to 1 */
  cacheShare: number | null;
}

export const buildFilter = z.object({
  project: z.string().optional(),
  status: operationStatus.optional().catch(undefined),
  /** Words of the project's name or of a tag. */
  q: z.string().trim().max(200).optional(),
  before: z.string().optional(),
});
export type BuildFilter = z.infer<typeof buildFilter>;

/** Two builds to compare. */
export const buildComparison = z.object({ from: operationId, to: operationId });

const whole = (least: number, most: number) => {
  const error = `Enter a whole number from ${least} to ${most.toLocaleString('en-US')}.`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

/** Names of images, one a line in a form; as BuildKit shortens them, without a tag. */
const frontends = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/\s+/).filter(Boolean))])
  .transform((names, context) =>
    names.map((name) => {
      const parsed = parseReference(name);
      if (parsed.ok) return familiarName(parsed.reference);
      context.addIssue({ code: 'custom', message: `${name}: ${parsed.reason}` });
      return name;
    }),
  );

export const buildSettings = z.object({
  /** How many builds run at once. */
  concurrent: whole(1, 64),
  /** Builds kept per project; 0 keeps all. */
  keepPerProject: whole(0, 100_000),
  /** Days after which an ended build is deleted from the history; 0 keeps all. */
  keepDays: whole(0, 36_500),
  frontends,
});
export type BuildSettings = z.infer<typeof buildSettings>;
