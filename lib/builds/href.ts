export const buildHref = (id: string): string => `/builds/${id}`;
