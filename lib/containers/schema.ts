import { z } from 'zod';
import type { ContainerDetails, ContainerSummary } from '@/lib/engine/containers/types';
import type { GateAllows } from '@/lib/engine/types';
import { type ContainerVerb, containerViews } from './choices';

export * from './choices';

/** A container's full id, as it stands in addresses of pages. */
export const containerId = z.string().regex(/^[a-f0-9]{64}$/, 'This is not the id of a container.');

/** From the address of the list; nonsense in it means the default. */
export const containerFilter = z.object({
  q: z.string().trim().max(300).catch('').default(''),
  view: z.enum(containerViews).catch('all').default('all'),
  /** Id of the last container before this page. */
  after: z.string().max(80).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50).default(50),
});
export type ContainerFilter = z.output<typeof containerFilter>;

/** What is being done to a container, or what could not be done. */
export interface ContainerChange {
  verb: ContainerVerb;
  /** Null while it goes on. */
  failure: { message: string; hint?: string } | null;
}

export interface ContainerRow extends Omit<ContainerSummary, 'labels' | 'command'> {
  runHere: boolean;
  change: ContainerChange | null;
}

export interface ContainerPage {
  rows: ContainerRow[];
  /** Of those that fit the filter, of all, and of those that run. */
  matching: number;
  total: number;
  running: number;
  first: number;
  /** Cursor of the page before: null for the first one, undefined where this is it. */
  newer: string | null | undefined;
  older: string | null;
}

export interface ContainerView extends ContainerDetails {
  change: ContainerChange | null;
  /** Null where the image has been removed. */
  imageKnown: boolean;
  /** What the gate before the engine lets through; null: no gate. */
  gate: GateAllows | null;
}

/** What goes with a container that is removed. */
export const containerRemoval = z.object({
  /** Bytes of its own layer; null where the engine did not count them. */
  size: z.number().nullable(),
  /** Volumes that nobody named and that only it uses. */
  anonymousVolumes: z.number(),
  /** Volumes that stay. */
  namedVolumes: z.array(z.string()),
});
export type ContainerRemoval = z.infer<typeof containerRemoval>;

/** A piece of output on its way to a page. */
export interface LogPiece {
  stream: 'stdout' | 'stderr';
  text: string;
}
