/** Options of a build that not every builder honours. */
export const variableOptions = [
  'shmSize',
  'ulimits',
  'memory',
  'cpus',
  'cpuset',
  'secrets',
  'cacheFrom',
  'networkMode',
  'extraHosts',
] as const;
export type VariableOption = (typeof variableOptions)[number];

export type OptionSupport = { honoured: true } | { honoured: false; reason: string };

export const notHonoured = (reason: string): OptionSupport => ({ honoured: false, reason });

/** Everything is honoured but what is named. */
export const supportBut = (
  exceptions: Partial<Record<VariableOption, OptionSupport>>,
): Record<VariableOption, OptionSupport> => {
  const all = Object.fromEntries(variableOptions.map((option) => [option, { honoured: true }]));
  return { ...(all as Record<VariableOption, OptionSupport>), ...exceptions };
};
