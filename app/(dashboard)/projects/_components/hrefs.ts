/** Addresses of a project's pages. */
export const projectHref = (id: string, page: '' | 'options' | 'secrets' | 'builds' = '') =>
  page ? `/projects/${id}/${page}` : `/projects/${id}`;

/** A directory or a file. The path is a parameter, so that the router interprets no name. */
export const filesHref = (id: string, path = '') =>
  path ? `/projects/${id}/files?path=${encodeURIComponent(path)}` : `/projects/${id}/files`;

export const downloadHref = (id: string, path: string) =>
  `/api/projects/${id}/file?path=${encodeURIComponent(path)}`;

export const archiveHref = (id: string) => `/api/projects/${id}/archive`;

export const joinPath = (directory: string, name: string) => (directory ? `${directory}/${name}` : name);
export const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
