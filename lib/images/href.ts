/** Where an image is looked at. */
export const imageHref = (id: string): string => `/images/${id.replace(/^sha256:/, '')}`;
