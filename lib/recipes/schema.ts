import { z } from 'zod';
import { projectName } from '@/lib/projects/schema';
import type { DropReason } from './choices';

export * from './choices';

/** A recorded command as input of a recipe. */
export interface RecipeCommand {
  /** From 1. */
  number: number;
  text: string;
  /** Working directory; empty if unknown. */
  directory: string;
  user: string;
  shell: string;
  exitCode: number | null;
  changes: readonly { path: string; kind: 'added' | 'changed' | 'removed' }[];
  environment: readonly { name: string; value: string | null }[];
}

export interface RecipeLine {
  /** An instruction; may have several lines. */
  text: string;
  /** Numbers of the commands that it comes from. */
  commands: number[];
  note?: string;
}

/** A file to extract from the image into the project. */
export interface RecipeFile {
  /** In the image. */
  path: string;
  /** In the project. */
  source: string;
}

export interface Recipe {
  lines: RecipeLine[];
  files: RecipeFile[];
  /** Unexplained paths, packed into one archive. */
  rest: string[];
  dropped: { command: number; reason: DropReason; note?: string }[];
}

/** Directory of extracted files in the project, each by its path. */
export const filesDirectory = 'files';

/** Name of that archive in the project. */
export const restArchive = 'files.tar';

const maxDockerfileCharacters = 256 * 1024;

export const createFromRecipeInput = z.object({
  commit: z.string().regex(/^[0-9a-z]{16}$/, 'Invalid commit id.'),
  name: projectName,
  dockerfile: z
    .string()
    .min(1, 'The Dockerfile is empty.')
    .max(maxDockerfileCharacters, 'The Dockerfile is too long.')
    .refine((text) => !text.includes('\0'), 'A Dockerfile cannot contain NUL characters.'),
});
