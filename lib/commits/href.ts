export const commitHref = (id: string): string => `/commits/${id}`;
