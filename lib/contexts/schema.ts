import { z } from 'zod';

/** Warnings about a file that would be sent. */
export interface ContextWarning {
  path: string;
  why: string;
}

/** An entry of a context, with totals of everything below it. */
const contextNode = z.object({
  name: z.string(),
  /** Path in the context. */
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink']),
  /** Totals that are sent. */
  files: z.number(),
  bytes: z.number(),
  /** Totals that are excluded. */
  ignoredFiles: z.number(),
  ignoredBytes: z.number(),
  /** The entry itself is excluded. */
  ignored: z.boolean().optional(),
  /** Number of warnings, including entries below. */
  warnings: z.number(),
  /** The warning about the entry itself. */
  why: z.string().nullable(),
});
export type ContextNode = z.infer<typeof contextNode>;

/** One directory of a context. */
export const contextLevel = z.object({
  /** The file of the ignore rules; null if there is none. */
  source: z.string().nullable(),
  nodes: z.array(contextNode),
  /** Number of entries that are not listed. */
  more: z.number(),
  /** The totals are complete. */
  complete: z.boolean(),
});
export type ContextLevel = z.infer<typeof contextLevel>;

/** What a build would send. */
export interface ContextPreview {
  files: number;
  bytes: number;
  largest: { path: string; size: number }[];
  /** Totals that are excluded; `more`: counting stopped at a limit. */
  ignored: { files: number; bytes: number; more: boolean };
  ignoreFile: string | null;
  dockerfile: string;
  /** Why the Dockerfile cannot be used. */
  dockerfileProblem: string | null;
  warnings: ContextWarning[];
  /** The root directory. */
  top: ContextLevel;
}

/** An entry of a build's inputs. */
export interface ContextFile {
  path: string;
  size: number;
  mode: number;
  /** sha256 of the content, or `-> target` of a link; empty for a directory. */
  digest: string;
}
