import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { anatomyOf } from './anatomy';
import { knownShares } from './ancestry/read-shares';
import { readImages } from './read-images';
import type { ImageFilter, ImagePage } from './schema';
import { choicesOf, selectImages } from './select';

/** One page of images. A cursor that is gone meanwhile means the first page. */
export async function listImagePage(engine: Engine, filter: ImageFilter): Promise<ImagePage> {
  const { images, asOf } = await readImages(engine);
  const ask = asOf === null;
  const known = await knownShares(engine, images, { ask: false });
  const selected = selectImages(images, filter, known?.own);
  const from = filter.after ? selected.findIndex(({ id }) => id === filter.after) + 1 : 0;
  const page = selected.slice(from, from + filter.limit);
  const anatomies = await anatomyOf(
    engine,
    page.map(({ id }) => id),
    { ask },
  );
  const shares = known ?? (await knownShares(engine, images, { ask }));
  return {
    rows: page.map(({ id, tags, digests, created, size, containers }) => {
      const { layers = null, strata = [] } = anatomies.get(id) ?? {};
      const own = shares?.own.get(id) ?? null;
      return { id, tags, digests, created, size, own, containers, layers, strata };
    }),
    matching: selected.length,
    total: images.length,
    bytes: shares?.total ?? null,
    unknownLayers: shares?.unknown ?? 0,
    ...choicesOf(images),
    asOf,
    first: from + 1,
    newer: from === 0 ? undefined : (selected[from - filter.limit - 1]?.id ?? null),
    older: from + page.length < selected.length ? page.at(-1)!.id : null,
  };
}
