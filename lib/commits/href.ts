export const commitHref = (id: string): string => `/commits/${id}`;

/** Where a commit becomes a Dockerfile. */
export const commitDockerfileHref = (id: string): string => `${commitHref(id)}/dockerfile`;
