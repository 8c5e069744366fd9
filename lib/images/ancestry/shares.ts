import type { Room } from '@/lib/images/removal/schema';

/** What of an image counts for its ground: its layers as keys (equal where all below is equal too), and their bytes; null where they are unknown. */
export interface Layered {
  id: string;
  chain: readonly string[];
  sizes: readonly (number | null)[];
}

export interface Shares {
  /** Bytes of all layers whose size is known, each counted once. */
  total: number;
  /** How many layers have an unknown size. */
  unknown: number;
  /** Bytes that go when only this image goes; none for an image with layers of its own of unknown size. */
  own: Map<string, number>;
}

/** How many images have each layer, and how large it is. */
function countLayers(images: readonly Layered[]): Map<string, { count: number; size: number | null }> {
  const layers = new Map<string, { count: number; size: number | null }>();
  for (const { chain, sizes } of images) {
    for (const [index, key] of chain.entries()) {
      const size = sizes[index] ?? null;
      const layer = layers.get(key);
      if (layer) layers.set(key, { count: layer.count + 1, size: layer.size ?? size });
      else layers.set(key, { count: 1, size });
    }
  }
  return layers;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

export function sharesOf(images: readonly Layered[]): Shares {
  const layers = countLayers(images);
  const own = new Map<string, number>();
  for (const { id, chain } of images) {
    const alone = chain.map((key) => layers.get(key)!).filter(({ count }) => count === 1);
    const known = alone.flatMap(({ size }) => size ?? []);
    if (known.length === alone.length) own.set(id, sum(known));
  }
  const sizes = [...layers.values()].flatMap(({ size }) => size ?? []);
  return { total: sum(sizes), unknown: layers.size - sizes.length, own };
}

/** Room of the layers that only images of this set have: what becomes free when all of them go. */
export function roomOf(leaving: ReadonlySet<string>, images: readonly Layered[]): Room {
  const staying = new Set(images.flatMap(({ id, chain }) => (leaving.has(id) ? [] : chain)));
  const going = new Map<string, number | null>();
  for (const { id, chain, sizes } of images) {
    if (!leaving.has(id)) continue;
    for (const [index, key] of chain.entries())
      if (!staying.has(key)) going.set(key, going.get(key) ?? sizes[index] ?? null);
  }
  const known = [...going.values()].flatMap((size) => size ?? []);
  return { bytes: sum(known), isLeast: known.length < going.size };
}
