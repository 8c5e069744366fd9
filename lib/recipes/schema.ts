import { z } from 'zod';
import { projectName } from '@/lib/projects/schema';
import type { DropReason } from './choices';

export * from './choices';

/** What a recipe needs to know of a recorded command. */
export interface RecipeCommand {
  /** Within the recipe, from 1. */
  number: number;
  text: string;
  /** Where it ran; empty where that is not known. */
  directory: string;
  user: string;
  shell: string;
  exitCode: number | null;
  changes: readonly { path: string; kind: 'added' | 'changed' | 'removed' }[];
  environment: readonly { name: string; value: string | null }[];
}

export interface RecipeLine {
  /** An instruction; it may have several lines. */
  text: string;
  /** Numbers of the commands that it comes from. */
  commands: number[];
  note?: string;
}

/** Taken out of the image, to be put into the project. */
export interface RecipeFile {
  /** In the image. */
  path: string;
  /** In the project. */
  source: string;
}

export interface Recipe {
  lines: RecipeLine[];
  files: RecipeFile[];
  /** Paths that are packed into one archive, `rest`, because nothing explains them. */
  rest: string[];
  dropped: { command: number; reason: DropReason; note?: string }[];
}

/** Where files that were taken out of the image stand in the project, each by its path. */
export const filesDirectory = 'files';

/** Name of that archive in the project. */
export const restArchive = 'files.tar';

export const maxDockerfile = 256 * 1024;

export const createFromRecipeInput = z.object({
  commit: z.string().regex(/^[0-9a-z]{16}$/, 'This is not the id of a commit.'),
  name: projectName,
  dockerfile: z
    .string()
    .min(1, 'The Dockerfile is empty.')
    .max(maxDockerfile, 'The Dockerfile is too long.')
    .refine((text) => !text.includes('\0'), 'A Dockerfile cannot have NUL characters in it.'),
});
export type CreateFromRecipeInput = z.output<typeof createFromRecipeInput>;
