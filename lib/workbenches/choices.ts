import type { OperationId, WorkbenchId } from '@/lib/ids';

/** Shells that support recording. `sh`: a shell of unknown kind. */
export const shells = ['bash', 'ash', 'dash', 'sh'] as const;
export type Shell = (typeof shells)[number];

/** run: created from an image. attach: to a container's main process. exec: another shell in a running container. */
export const origins = ['run', 'attach', 'exec'] as const;
export type Origin = (typeof origins)[number];

export const recordings = ['unknown', 'marks', 'none'] as const;
export type Recording = (typeof recordings)[number];

export const changeKinds = ['added', 'changed', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Characters per message; a longer paste is split. */
export const maxMessage = 64 * 1024;

export const workbenchHref = (id: WorkbenchId): string => `/workbenches/${id}`;

/** Redirects to the workbench that a terminal's operation belongs to. */
export const terminalHref = (operationId: OperationId): string => `/workbenches/terminal/${operationId}`;
