import 'server-only';
import { listImages } from '@/lib/engine/images';
import type { ImageSummary } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { anatomyOf } from './anatomy';
import { orderTags } from './names';
import { requireEngine } from './require-engine';
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

const lastSeen = () => remember('image-list', () => ({ images: null as ImageSummary[] | null, at: 0 }));

/** The engine's images, or, while it is away, those that it had when it was last asked. */
async function readImages(): Promise<{ images: ImageSummary[]; asOf: number | null }> {
  const last = lastSeen();
  try {
    await requireEngine();
    last.images = (await listImages()).map((image) => ({ ...image, tags: orderTags(image.tags) }));
    last.at = Date.now();
    return { images: last.images, asOf: null };
  } catch (error) {
    const away = error instanceof AppError && error.code.startsWith('engine_');
    if (!away || !last.images) throw error;
    return { images: last.images, asOf: last.at };
  }
}

/** One page of images. A cursor that is gone meanwhile means the first page. */
export async function listImagePage(filter: ImageFilter): Promise<ImagePage> {
  const { images, asOf } = await readImages();
  const selected = selectImages(images, filter);
  const from = filter.after ? selected.findIndex(({ id }) => id === filter.after) + 1 : 0;
  const page = selected.slice(from, from + filter.limit);
  const anatomies = await anatomyOf(
    page.map(({ id }) => id),
    { ask: asOf === null },
  );
  return {
    rows: page.map(({ id, tags, created, size, containers }) => {
      const { layers = null, strata = [] } = anatomies.get(id) ?? {};
      return { id, tags, created, size, containers, layers, strata };
    }),
    matching: selected.length,
    total: images.length,
    asOf,
    first: from + 1,
    newer: from === 0 ? undefined : (selected[from - filter.limit - 1]?.id ?? null),
    older: from + page.length < selected.length ? page.at(-1)!.id : null,
  };
}
