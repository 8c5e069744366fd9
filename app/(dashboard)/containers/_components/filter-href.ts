import { containerFilter, type ContainerFilter } from '@/lib/containers/schema';

const defaults = containerFilter.parse({});

/** The list's address with a filter; default values are left out. */
export function filterHref(filter: Partial<ContainerFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== defaults[name as keyof ContainerFilter]) query.set(name, String(value));
  }
  return query.size ? `/containers?${query}` : '/containers';
}
