import { containerFilter, type ContainerFilter } from '@/lib/containers/schema';

const defaults = containerFilter.parse({});

/** The address of the list with a filter; what is as by default is left out. */
export function filterHref(filter: Partial<ContainerFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== defaults[name as keyof ContainerFilter]) query.set(name, String(value));
  }
  return query.size ? `/containers?${query}` : '/containers';
}
