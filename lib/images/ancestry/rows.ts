import { shortDigest } from '@/lib/format/text';
import type { Stratum } from '@/lib/images/schema';
import type { GroundRow } from './schema';
import { countAbove, type Ground } from './tree';

interface Named {
  id: string;
  tags: readonly string[];
}

export interface Pictures {
  /** By id. */
  images: ReadonlyMap<string, Named>;
  /** What each layer is, by its key. */
  strata: ReadonlyMap<string, Stratum>;
}

export function toRow(ground: Ground, level: number, { images, strata }: Pictures): GroundRow {
  const { key, image: id, layers, size, depth, height } = ground;
  const tags = (id !== null && images.get(id)?.tags) || [];
  return {
    key,
    image:
      id === null
        ? null
        : {
            id,
            name: tags[0] ?? shortDigest(id),
            tagged: tags.length > 0,
            moreTags: Math.max(tags.length - 1, 0),
          },
    level,
    below: height - size,
    belowLayers: depth - layers.length,
    strata: layers.map((layer) => strata.get(layer) ?? { kind: 'internal', size: 0, label: '' }),
    size,
    height,
    carries: countAbove(ground),
  };
}

interface Flat {
  ground: Ground;
  level: number;
}

/** All ground in the order in which it is drawn: each right above what stands on it. */
export const flatten = (grounds: readonly Ground[], level = 0): Flat[] =>
  grounds.flatMap((ground) => [{ ground, level }, ...flatten(ground.children, level + 1)]);

/** Families in which an image is called so, whole: what is looked for is seen with what it stands on and carries. */
export function familiesOf(
  grounds: readonly Ground[],
  words: string,
  images: Pictures['images'],
): readonly Ground[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return grounds;
  const isCalled = (id: string | null) => {
    const text = id === null ? '' : [id, ...(images.get(id)?.tags ?? [])].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const has = (ground: Ground): boolean => isCalled(ground.image) || ground.children.some(has);
  return grounds.filter(has);
}
