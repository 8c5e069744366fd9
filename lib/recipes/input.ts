import type { RecipeCommand } from './schema';

export interface FileFacts {
  type: 'file' | 'directory' | 'symlink' | 'other';
  mode: number;
  uid: number;
  gid: number;
}

export interface RecipeInput {
  /** Reference of the base image. */
  base: string;
  /** The configuration of the base image and of the committed image. */
  from: { user: string; workingDirectory: string };
  to: { user: string; workingDirectory: string };
  commands: readonly RecipeCommand[];
  /** Uploaded files, after the command of that number (0: before the first). */
  uploads: readonly { path: string; afterCommand: number }[];
  /** All changes of the image against its base. */
  changes: readonly { path: string; kind: 'added' | 'changed' | 'removed' }[];
  /** The commit excluded paths. */
  leavesOut?: boolean;
  /** Types of the image's paths; missing paths are not in the image. */
  files: ReadonlyMap<string, FileFacts>;
  /** Instructions of the commit, as Dockerfile lines. */
  instructions: readonly string[];
  /** Puts unexplained paths into the archive, even if they are few. */
  allInArchive?: boolean;
}
