import { z } from 'zod';
import type { ContainerDetails, ContainerState, ContainerSummary } from '@/lib/engine/container-types';

/** The label of containers that were run here, and its value. Workbenches have none: they are known by their record. */
export const originLabel = 'layerwright.origin';
export const originRun = 'run';
/** Name of the user who made it. */
export const makerLabel = 'layerwright.user';

export const wasRunHere = (labels: Record<string, string>): boolean => labels[originLabel] === originRun;

/** A container's full id, as it stands in addresses of pages. */
export const containerId = z.string().regex(/^[a-f0-9]{64}$/, 'This is not the id of a container.');

export const containerHref = (id: string): string => `/containers/${id}`;

/** Where an image is run from; by its id or a name. */
export const runHref = (image: string): string => `/containers/new?image=${encodeURIComponent(image)}`;

/** Running in the sense of what must be ended before it can be removed. */
export const isAlive = (state: ContainerState): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting';

export const stateLabels: Record<ContainerState, string> = {
  created: 'Created',
  running: 'Running',
  paused: 'Paused',
  restarting: 'Restarting',
  removing: 'Being removed',
  exited: 'Exited',
  dead: 'Dead',
};

export const containerViews = ['all', 'running', 'stopped', 'ours'] as const;
export const viewLabels: Record<(typeof containerViews)[number], string> = {
  all: 'All containers',
  running: 'Running',
  stopped: 'Not running',
  ours: 'Started here',
};

/** From the address of the list; nonsense in it means the default. */
export const containerFilter = z.object({
  q: z.string().trim().max(300).catch('').default(''),
  view: z.enum(containerViews).catch('all').default('all'),
  /** Id of the last container before this page. */
  after: z.string().max(80).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50).default(50),
});
export type ContainerFilter = z.output<typeof containerFilter>;

export const containerVerbs = ['start', 'stop', 'restart', 'kill', 'pause', 'unpause'] as const;
export type ContainerVerb = (typeof containerVerbs)[number];
export const doingLabels: Record<ContainerVerb, string> = {
  start: 'starting…',
  stop: 'stopping…',
  restart: 'restarting…',
  kill: 'ending…',
  pause: 'pausing…',
  unpause: 'going on…',
};

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
}

/** What goes with a container that is removed. */
export interface ContainerRemoval {
  /** Bytes of its own layer; null where the engine did not count them. */
  size: number | null;
  /** Volumes that nobody named and that only it uses. */
  anonymousVolumes: number;
  /** Volumes that stay. */
  namedVolumes: string[];
}

/** How many lines of a log a page begins with. */
export const logTails = [100, 1000, 10_000] as const;

/** A piece of output on its way to a page. */
export interface LogPiece {
  stream: 'stdout' | 'stderr';
  text: string;
}
