import type { Layered } from './shares';

export interface Member extends Layered {
  /** Keys of its history: a child that only changes settings has its parent's and more. */
  lineage: readonly string[];
  created: number;
  /** It has a tag. */
  named: boolean;
}

/** A piece of ground: layers that lie on each other and carry the same images. */
export interface Ground {
  /** Key of its topmost layer; of the image's own where it adds none. */
  key: string;
  /** The image that ends here; null where several images share layers that no image here ends with. */
  image: string | null;
  /** Keys of the layers that it adds to the ground below, base first, and their bytes. */
  layers: string[];
  size: number;
  /** Layers and bytes down to the bottom. */
  depth: number;
  height: number;
  children: Ground[];
}

/** One layer in the making of the tree. */
interface Place {
  key: string;
  size: number;
  above: Map<string, Place>;
  /** Images whose topmost layer this is. */
  ending: Member[];
}

const place = (key: string, size: number): Place => ({ key, size, above: new Map(), ending: [] });

function layOut(images: readonly Member[]): Place {
  const bottom = place('', 0);
  for (const image of images) {
    let at = bottom;
    for (const [index, key] of image.chain.entries()) {
      let next = at.above.get(key);
      if (!next) {
        next = place(key, image.sizes[index] ?? 0);
        at.above.set(key, next);
      }
      at = next;
    }
    at.ending.push(image);
  }
  return bottom;
}

/** Whether one image's history goes on from the other's. */
const goesOnFrom = (child: Member, parent: Member) =>
  child.lineage.length > parent.lineage.length && child.lineage.includes(parent.lineage.at(-1) ?? '');

/** Of several images with the same layers, the one that this one was made from; undefined for the first. */
function parentAmong(image: Member, others: readonly Member[]): Member | undefined {
  return others
    .filter((other) => other.id !== image.id && goesOnFrom(image, other))
    .toSorted((a, b) => b.lineage.length - a.lineage.length || a.created - b.created)[0];
}

/** Of images with the same layers, which the others are taken to stand on where their histories do not tell. */
const byPlace = (a: Member, b: Member): number =>
  a.lineage.length - b.lineage.length ||
  Number(b.named) - Number(a.named) ||
  a.created - b.created ||
  (a.id < b.id ? -1 : 1);

/** The image on which what has more layers stands, where several end with the same one. */
const carrierOf = (child: Member, ending: readonly Member[]): Member | undefined =>
  parentAmong(child, ending) ?? ending.toSorted(byPlace)[0];

interface Below {
  depth: number;
  height: number;
}

const ground = (key: string, image: string | null, layers: string[], size: number, below: Below): Ground => ({
  key,
  image,
  layers,
  size,
  depth: below.depth + layers.length,
  height: below.height + size,
  children: [],
});

/** Any image at or above a place: it tells by its history which of several images it was made from. */
function someImage(at: Place): Member | undefined {
  let now: Place | undefined = at;
  while (now && now.ending.length === 0) now = now.above.values().next().value;
  return now?.ending[0];
}

/** The ground from this layer up: layers are drawn together until an image ends or the ground parts. */
function grow(start: Place, below: Below): Ground {
  let at = start;
  const layers = [at.key];
  let size = at.size;
  while (at.ending.length === 0 && at.above.size === 1) {
    at = at.above.values().next().value!;
    layers.push(at.key);
    size += at.size;
  }
  const { ending } = at;
  // The first has no other as its parent; the others stand on it or on each other, and add no layer.
  const [first, ...others] = ending.toSorted(byPlace);
  const root = ground(at.key, first?.id ?? null, layers, size, below);
  const nodes = new Map<string, Ground>(first ? [[first.id, root]] : []);
  for (const image of others) {
    const node = ground(image.id, image.id, [], 0, root);
    nodes.set(image.id, node);
    const parent = parentAmong(image, ending);
    (nodes.get(parent?.id ?? '') ?? root).children.push(node);
  }
  for (const next of at.above.values()) {
    const grown = grow(next, root);
    const sample = someImage(next);
    const carrier = sample && carrierOf(sample, ending);
    (nodes.get(carrier?.id ?? '') ?? root).children.push(grown);
  }
  return root;
}

/** Large families first, then high ones. */
const byWeight = (a: Ground, b: Ground): number =>
  countAbove(b) - countAbove(a) || b.height - a.height || (a.key < b.key ? -1 : 1);

const sortAll = (grounds: readonly Ground[]): Ground[] =>
  grounds.map((one) => ({ ...one, children: sortAll(one.children) })).toSorted(byWeight);

/** All images as they stand on each other. Images without any layer stand by themselves. */
export function growTree(images: readonly Member[]): Ground[] {
  const bottom = layOut(images);
  const roots = [...bottom.above.values()].map((start) => grow(start, { depth: 0, height: 0 }));
  const bare = bottom.ending.map(({ id }) => ground(id, id, [], 0, { depth: 0, height: 0 }));
  return sortAll([...roots, ...bare]);
}

/** The way from the bottom to the image, the image last; null where the tree has not got it. */
export function pathTo(image: string, grounds: readonly Ground[]): Ground[] | null {
  for (const ground of grounds) {
    if (ground.image === image) return [ground];
    const rest = pathTo(image, ground.children);
    if (rest) return [ground, ...rest];
  }
  return null;
}

/** The nearest images above, past ground that no image ends with. */
export const carriedBy = (ground: Ground): Ground[] =>
  ground.children.flatMap((child) => (child.image === null ? carriedBy(child) : [child]));

/** How many images stand on it, near and far. */
export const countAbove = (ground: Ground): number =>
  ground.children.reduce((sum, child) => sum + countAbove(child) + (child.image === null ? 0 : 1), 0);
