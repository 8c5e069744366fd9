import type { ContainerState } from '@/lib/engine/containers/types';
import type { ContainerId } from '@/lib/ids';

/** The label of containers started here, and its value. Workbenches have no label: their record identifies them. */
export const originLabel = 'layerwright.origin';
export const originRun = 'run';
/** Label with the name of the user who created it. */
export const makerLabel = 'layerwright.user';

export const wasRunHere = (labels: Record<string, string>): boolean => labels[originLabel] === originRun;

export interface PortHosts {
  /** Under which a browser reaches published ports; null if only the page's own host is known, which is never linked. */
  published: string | null;
  /** Of the page. */
  page: string;
}

export const containerHref = (id: ContainerId): string => `/containers/${id}`;

/** The form that runs an image, by its id or a name. */
export const runHref = (image: string): string => `/containers/new?image=${encodeURIComponent(image)}`;

/** Must be stopped before it can be removed. */
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

export const containerVerbs = ['start', 'stop', 'restart', 'kill', 'pause', 'unpause'] as const;
export type ContainerVerb = (typeof containerVerbs)[number];
export const doingLabels: Record<ContainerVerb, string> = {
  start: 'starting…',
  stop: 'stopping…',
  restart: 'restarting…',
  kill: 'killing…',
  pause: 'pausing…',
  unpause: 'resuming…',
};

/** Choices for the number of log lines shown. */
export const logTails = [100, 1000, 10_000] as const;
