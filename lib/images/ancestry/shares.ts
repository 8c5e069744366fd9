/** What of an image counts for its ground: its layers as keys (equal where all below is equal too), and their bytes. */
export interface Layered {
  id: string;
  chain: readonly string[];
  sizes: readonly number[];
}

export interface Shares {
  /** Bytes of all layers, each counted once. */
  total: number;
  /** Bytes that go when only this image goes. */
  own: Map<string, number>;
}

/** How many images have each layer, and how large it is. */
function countLayers(images: readonly Layered[]): Map<string, { count: number; size: number }> {
  const layers = new Map<string, { count: number; size: number }>();
  for (const { chain, sizes } of images) {
    for (const [index, key] of chain.entries()) {
      const layer = layers.get(key);
      if (layer) layer.count += 1;
      else layers.set(key, { count: 1, size: sizes[index] ?? 0 });
    }
  }
  return layers;
}

export function sharesOf(images: readonly Layered[]): Shares {
  const layers = countLayers(images);
  const own = new Map<string, number>();
  for (const { id, chain } of images) {
    const alone = chain.map((key) => layers.get(key)!).filter(({ count }) => count === 1);
    own.set(
      id,
      alone.reduce((sum, { size }) => sum + size, 0),
    );
  }
  return { total: [...layers.values()].reduce((sum, { size }) => sum + size, 0), own };
}

/** Bytes of the layers that only images of this set have: what becomes free when all of them go. */
export function roomOf(leaving: ReadonlySet<string>, images: readonly Layered[]): number {
  const staying = new Set(images.flatMap(({ id, chain }) => (leaving.has(id) ? [] : chain)));
  const going = new Map<string, number>();
  for (const { id, chain, sizes } of images) {
    if (!leaving.has(id)) continue;
    for (const [index, key] of chain.entries()) if (!staying.has(key)) going.set(key, sizes[index] ?? 0);
  }
  return [...going.values()].reduce((sum, size) => sum + size, 0);
}
