import { defaultHost, parseReference } from '@/lib/references/reference';

const isLocal = (tag: string): boolean => {
  const parsed = parseReference(tag);
  return parsed.ok && parsed.reference.host === defaultHost;
};

/** The short names first: those with a registry's host are mostly what the image was pushed as. */
export const orderTags = (tags: readonly string[]): string[] =>
  tags.toSorted((a, b) => Number(isLocal(b)) - Number(isLocal(a)) || a.localeCompare(b));
