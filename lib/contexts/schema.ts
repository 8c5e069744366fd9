import { z } from 'zod';

/** What deserves a look before it is sent. */
export interface ContextWarning {
  path: string;
  why: string;
}

/** An entry of a context, with all that is below it. */
const contextNode = z.object({
  name: z.string(),
  /** In the context. */
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink']),
  /** What is sent. */
  files: z.number(),
  bytes: z.number(),
  /** What the ignore file leaves out. */
  ignoredFiles: z.number(),
  ignoredBytes: z.number(),
  /** The entry itself is left out. */
  ignored: z.boolean().optional(),
  /** Things in it, or itself, that deserve a look before they are sent. */
  warnings: z.number(),
  /** Why it does itself. */
  why: z.string().nullable(),
});
export type ContextNode = z.infer<typeof contextNode>;

/** One directory of a context. */
export const contextLevel = z.object({
  /** The file whose rules these are; null where there is none. */
  source: z.string().nullable(),
  nodes: z.array(contextNode),
  /** Entries that are not listed. */
  more: z.number(),
  /** All that is below was counted. */
  complete: z.boolean(),
});
export type ContextLevel = z.infer<typeof contextLevel>;

/** What a build would send. */
export interface ContextPreview {
  files: number;
  bytes: number;
  largest: { path: string; size: number }[];
  /** What the ignore file leaves out; `more` when not all of it was counted. */
  ignored: { files: number; bytes: number; more: boolean };
  ignoreFile: string | null;
  dockerfile: string;
  /** Why the Dockerfile cannot be used. */
  dockerfileProblem: string | null;
  warnings: ContextWarning[];
  /** Its top directory. */
  top: ContextLevel;
}

/** One entry of what a build was made from. */
export interface ContextFile {
  path: string;
  size: number;
  mode: number;
  /** sha256 of the content, or `-> target` of a link; empty for a directory. */
  digest: string;
}
