/** The comparison of two builds, the older one first. */
export const compareHref = (one: string, other: string): string => {
  const [from, to] = [one, other].toSorted();
  return `/builds/compare?from=${from}&to=${to}`;
};
