import { imageFilter, type ImageFilter } from '@/lib/images/schema';

const defaults = imageFilter.parse({});

/** The list's address with a filter; default values are left out. */
export function filterHref(filter: Partial<ImageFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== defaults[name as keyof ImageFilter]) query.set(name, String(value));
  }
  return query.size ? `/images?${query}` : '/images';
}
