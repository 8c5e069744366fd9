import type { OperationId } from '@/lib/ids';

export const commitHref = (id: OperationId): string => `/commits/${id}`;

/** Where a commit becomes a Dockerfile. */
export const commitDockerfileHref = (id: OperationId): string => `${commitHref(id)}/dockerfile`;
