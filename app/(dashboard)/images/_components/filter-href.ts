import { imageFilter, type ImageFilter } from '@/lib/images/schema';

const defaults = imageFilter.parse({});

/** The address of the list with a filter; what is as by default is left out. */
export function filterHref(filter: Partial<ImageFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== defaults[name as keyof ImageFilter]) query.set(name, String(value));
  }
  return query.size ? `/images?${query}` : '/images';
}
