export const prunables = ['containers', 'volumes', 'build-cache'] as const;
export type Prunable = (typeof prunables)[number];
export const prunableLabels: Record<Prunable, string> = {
  containers: 'Stopped containers',
  volumes: 'Unused volumes',
  'build-cache': 'Build cache',
};
