import { z } from 'zod';
import type { ProjectId } from '@/lib/ids';
import type { BuildOptions } from './options/schema';
import { projectPath } from './rules';
import { uploadId } from '@/lib/uploads/schema';

export const projectId = z.string().regex(/^[0-9a-z]{16}$/, 'Not a project id.');

export const projectName = z
  .string()
  .trim()
  .min(1, 'Enter a project name.')
  .max(64, 'A name has at most 64 characters.')
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u,
    'Use letters, digits, spaces, “.”, “_” and “-”, beginning with a letter or digit.',
  );

export const projectDescription = z.string().trim().max(500, 'A description has at most 500 characters.');

export interface Project {
  id: ProjectId;
  name: string;
  description: string;
  /** Its directory in data/projects. */
  folder: string;
  options: BuildOptions;
  /** ms since 1970 */
  createdAt: number;
  updatedAt: number;
}

/** An entry of a project's files. Times in ms since 1970. */
export interface FileEntry {
  name: string;
  type: 'file' | 'directory' | 'symlink';
  size: number;
  modified: number;
  executable: boolean;
  /** Target of a link, as text: not followed. */
  target?: string;
}

interface Base {
  path: string;
  size: number;
  modified: number;
  /** Sent back when saving, to detect concurrent changes. */
  version: string;
}

export type FileContent = Base &
  (
    | { kind: 'directory' }
    | { kind: 'symlink'; target: string }
    | { kind: 'text'; text: string; executable: boolean }
    | { kind: 'binary' | 'large'; executable: boolean }
  );

/** The use of an upload. */
export const unpackInput = z.object({
  uploadId,
  /** Strip a single top directory of the archive. */
  strip: z.boolean().default(true),
  into: z.discriminatedUnion('to', [
    z.object({ to: z.literal('new'), name: projectName, description: projectDescription.default('') }),
    z.object({
      to: z.literal('project'),
      projectId,
      mode: z.enum(['add', 'replace']),
      /** Directory in the project; empty for the root. */
      directory: z.union([z.literal(''), projectPath]).default(''),
    }),
  ]),
});
export type UnpackInput = z.infer<typeof unpackInput>;

export const unpackResult = z.object({
  projectId: z.string(),
  files: z.number(),
  bytes: z.number(),
  /** Name of the stripped top directory. */
  stripped: z.string().nullable(),
  warnings: z.number(),
  /** Replaced files. */
  replaced: z.number(),
});
export type UnpackResult = z.infer<typeof unpackResult>;

/** What deleting a project removes and keeps. */
export const deletion = z.object({
  name: z.string(),
  files: z.number().nullable(),
  bytes: z.number().nullable(),
  secrets: z.number(),
  /** Kept in the history. */
  builds: z.number(),
});
export type Deletion = z.infer<typeof deletion>;
