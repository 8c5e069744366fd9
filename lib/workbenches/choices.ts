/** Shells that can be made to tell their commands. `sh` is one that does not say which it is. */
export const shells = ['bash', 'ash', 'dash', 'sh'] as const;
export type Shell = (typeof shells)[number];

/** run: made by us from an image. attach: to the container's own program. exec: a further shell in a running one. */
export const origins = ['run', 'attach', 'exec'] as const;
export type Origin = (typeof origins)[number];

export const recordings = ['unknown', 'marks', 'none'] as const;
export type Recording = (typeof recordings)[number];

export const changeKinds = ['added', 'changed', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Characters of one message; a longer paste is cut into several. */
export const maxMessage = 64 * 1024;

export const workbenchHref = (id: string): string => `/workbenches/${id}`;

/** Leads to the workbench that a terminal's operation belongs to. */
export const terminalHref = (operationId: string): string => `/workbenches/terminal/${operationId}`;
