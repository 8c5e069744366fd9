import 'server-only';
import { listImages } from '@/lib/engine/images';
import type { ImageSummary } from '@/lib/engine/types';
import { anatomyOf } from './anatomy';
import type { ImageFilter, ImagePage } from './schema';

const nameOf = (image: ImageSummary) => image.tags[0] ?? '\uffff'; // without a name after all names

const orders: Record<ImageFilter['sort'], (a: ImageSummary, b: ImageSummary) => number> = {
  created: (a, b) => b.created - a.created,
  size: (a, b) => b.size - a.size,
  name: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  containers: (a, b) => b.containers - a.containers,
};

const views: Record<ImageFilter['view'], (image: ImageSummary) => boolean> = {
  all: () => true,
  tagged: ({ tags }) => tags.length > 0,
  untagged: ({ tags }) => tags.length === 0,
  unused: ({ containers }) => containers === 0,
};

/** All words must be found, each in a tag, a digest, the id or a label. */
function matches(image: ImageSummary, words: string[]): boolean {
  if (words.length === 0) return true;
  const labels = Object.entries(image.labels).map(([key, value]) => `${key}=${value}`);
  const text = [image.id, ...image.tags, ...image.digests, ...labels].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

export function selectImages(images: ImageSummary[], { q, view, sort }: ImageFilter): ImageSummary[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return images
    .filter((image) => views[view](image) && matches(image, words))
    .toSorted((a, b) => orders[sort](a, b) || (a.id < b.id ? -1 : 1));
}

/** One page of the engine's images. A cursor that is gone meanwhile means the first page. */
export async function listImagePage(filter: ImageFilter): Promise<ImagePage> {
  const all = await listImages();
  const selected = selectImages(all, filter);
  const from = filter.after ? selected.findIndex(({ id }) => id === filter.after) + 1 : 0;
  const page = selected.slice(from, from + filter.limit);
  const anatomies = await anatomyOf(page.map(({ id }) => id));
  const before = from - filter.limit;
  return {
    rows: page.map(({ id, tags, created, size, containers }) => {
      const anatomy = anatomies.get(id);
      return {
        id,
        tags,
        created,
        size,
        containers,
        layers: anatomy?.layers ?? null,
        strata: anatomy?.strata ?? [],
      };
    }),
    matching: selected.length,
    total: all.length,
    first: from + 1,
    newer: from === 0 ? undefined : (selected[before - 1]?.id ?? null),
    older: from + page.length < selected.length ? page.at(-1)!.id : null,
  };
}
