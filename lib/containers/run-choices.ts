export const restartPolicies = ['no', 'on-failure', 'unless-stopped', 'always'] as const;
export const restartLabels: Record<(typeof restartPolicies)[number], string> = {
  no: 'Never',
  'on-failure': 'On failure',
  'unless-stopped': 'Always, unless stopped',
  always: 'Always',
};

export const publishAddresses = ['127.0.0.1', ''] as const;
export type PublishAddress = (typeof publishAddresses)[number];
export const publishLabels: Record<PublishAddress, string> = {
  '127.0.0.1': 'This machine only (127.0.0.1)',
  '': 'Everywhere (all addresses)',
};
