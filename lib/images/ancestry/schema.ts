import { z } from 'zod';
import type { Stratum } from '@/lib/images/schema';

/** An image or a piece of ground, as it is drawn. */
export interface GroundRow {
  key: string;
  /** Null for ground that several images share but none here ends with. */
  image: { id: string; name: string; tagged: boolean; moreTags: number } | null;
  /** How deep it is indented, and which of the lines left of it go on below. */
  level: number;
  /** Bytes and layers below its own. */
  below: number;
  belowLayers: number;
  /** Its own layers, base first. */
  strata: Stratum[];
  size: number;
  /** Bytes down to the bottom. */
  height: number;
  /** How many images stand on it. */
  carries: number;
}

export interface TreePage {
  rows: GroundRow[];
  /** Of all that fits; the page begins with row `from`, counted from 0. */
  total: number;
  from: number;
  /** The highest image: what the pictures are to the scale of. */
  highest: number;
  images: number;
  /** Bytes of all layers, each counted once, and as if every image had its own. */
  bytes: number;
  apart: number;
  /** Layers whose size is unknown, which are in neither. */
  unknownLayers: number;
  /** Images whose layers are not known yet. */
  unknown: number;
  asOf: number | null;
}

export const treePageSize = 100;

export const treeFilter = z.object({
  q: z.string().trim().max(300).catch('').default(''),
  from: z.coerce.number().int().min(0).catch(0).default(0),
});
export type TreeFilter = z.output<typeof treeFilter>;

/** The place of one image among the others. */
export interface ImageAncestry {
  /** From the bottom up to the image itself, the image last. */
  ground: GroundRow[];
  /** The nearest images that stand on it. */
  carries: GroundRow[];
  /** All that stand on it, near and far. */
  carriesAll: number;
  /** Bytes that it shares with any other image, and those that only it has; null where they are unknown. */
  shared: number | null;
  own: number | null;
  /** Images that were not looked at yet: there may be more relatives. */
  unknown: number;
}
