import type { BuildFilter } from '@/lib/builds/schema';

/** The list's address with a filter; default values are left out. */
export function filterHref(filter: BuildFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return query.size ? `/builds?${query}` : '/builds';
}
