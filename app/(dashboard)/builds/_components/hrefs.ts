/** The page that shows two builds side by side, the older one first. */
export const compareHref = (one: string, other: string): string => {
  const [from, to] = [one, other].toSorted();
  return `/builds/compare?from=${from}&to=${to}`;
};
