import type { ImportInput, ImportResult, LoadInput, LoadResult } from '@/lib/images/archives/schema';
import type { PullInput, PullResult } from '@/lib/images/pull/schema';
import type { RemovalInput, RemovalResult } from '@/lib/images/removal/schema';
import type { OperationSummary } from '@/lib/operations/schema';

/** What was done to images, a push apart: with what went in, and what came out once it has succeeded. */
export type ImageWork = { operation: OperationSummary } & (
  | { kind: 'pull'; input: PullInput; result: PullResult | null }
  | { kind: 'import'; input: ImportInput; result: ImportResult | null }
  | { kind: 'load'; input: LoadInput; result: LoadResult | null }
  | { kind: 'remove'; input: RemovalInput; result: RemovalResult | null }
);

/** Kinds of the history of images, with the words for them. */
export const workKinds = {
  push: 'Pushes',
  pull: 'Pulls',
  load: 'Loads',
  import: 'Imports',
  remove: 'Removals',
} as const;
export type WorkKind = keyof typeof workKinds;

export const isWorkKind = (value: unknown): value is WorkKind =>
  typeof value === 'string' && Object.hasOwn(workKinds, value);
