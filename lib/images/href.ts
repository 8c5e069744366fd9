/** Where an image is looked at. */
export const imageHref = (id: string): string => `/images/${id.replace(/^sha256:/, '')}`;

export const pushHref = (id: string): string => `/pushes/${id}`;

/** A pull, load, import or removal. */
export const imageWorkHref = (id: string): string => `/images/work/${id}`;
