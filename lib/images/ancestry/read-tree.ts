import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import type { ImageSummary } from '@/lib/engine/images/types';
import { type Anatomy, anatomyOf, isComplete } from '@/lib/images/anatomy';
import { readImages } from '@/lib/images/read-images';
import type { Stratum } from '@/lib/images/schema';
import type { ImageId } from '@/lib/ids';
import { learnLayers } from './read-shares';
import { familiesOf, flatten, type Pictures, toRow } from './rows';
import { type ImageAncestry, type TreeFilter, type TreePage, treePageSize } from './schema';
import { type Shares, sharesOf } from './shares';
import { carriedBy, countAbove, type Ground, growTree, type Member, pathTo } from './tree';

/** How long a page waits for layers that nobody has looked at yet, in ms; after that it shows what is known. */
const patience = 1500;

interface Forest extends Pictures {
  grounds: Ground[];
  members: Member[];
  shares: Shares;
  unknown: number;
  asOf: number | null;
}

const toMember = ({ id, created, tags }: ImageSummary, { chain, sizes, lineage }: Anatomy): Member => ({
  id,
  created,
  named: tags.length > 0,
  chain,
  sizes,
  lineage,
});

async function knownAnatomies(engine: Engine, ids: string[], ask: boolean): Promise<Map<string, Anatomy>> {
  const known = await anatomyOf(engine, ids, { ask: false });
  if (!ask) return known;
  if (known.size === ids.length) {
    if (![...known.values()].every(isComplete)) void learnLayers(engine, ids);
    return known;
  }
  await Promise.race([
    learnLayers(engine, ids),
    new Promise((resolve) => {
      setTimeout(resolve, patience).unref();
    }),
  ]);
  return anatomyOf(engine, ids, { ask: false });
}

/** By the list that they are of: it is the same one until an image comes or goes. */
const grown = new WeakMap<readonly ImageSummary[], Forest>();

async function readForest(engine: Engine): Promise<Forest> {
  const { images, asOf } = await readImages(engine);
  const before = grown.get(images);
  if (before) return { ...before, asOf };
  const ids = images.map(({ id }) => id);
  const anatomies = await knownAnatomies(engine, ids, asOf === null);
  const members = images.flatMap((image) => {
    const anatomy = anatomies.get(image.id);
    return anatomy ? [toMember(image, anatomy)] : [];
  });
  const strata = new Map<string, Stratum>();
  for (const { chain, stack } of anatomies.values())
    for (const [index, key] of chain.entries()) strata.set(key, stack[index]!);
  const forest: Forest = {
    grounds: growTree(members),
    members,
    images: new Map(images.map((image) => [image.id, image])),
    strata,
    unknown: images.length - members.length,
    shares: sharesOf(members),
    asOf,
  };
  if (forest.unknown === 0 && forest.shares.unknown === 0) grown.set(images, forest);
  return forest;
}

/** One page of the tree of all images. */
export async function readTreePage(engine: Engine, { q, from }: TreeFilter): Promise<TreePage> {
  const forest = await readForest(engine);
  const all = flatten(familiesOf(forest.grounds, q, forest.images));
  const start = from < all.length ? from : 0;
  const heights = forest.members.map(({ sizes }) =>
    sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
  );
  return {
    rows: all.slice(start, start + treePageSize).map(({ ground, level }) => toRow(ground, level, forest)),
    total: all.length,
    from: start,
    highest: heights.reduce((most, height) => Math.max(most, height), 1),
    images: forest.members.length,
    bytes: forest.shares.total,
    unknownLayers: forest.shares.unknown,
    apart: heights.reduce((sum, height) => sum + height, 0),
    unknown: forest.unknown,
    asOf: forest.asOf,
  };
}

/** What one image stands on and carries; null where it is not among the engine's images. */
export async function findAncestry(engine: Engine, id: ImageId): Promise<ImageAncestry | null> {
  const forest = await readForest(engine);
  const path = pathTo(id, forest.grounds);
  const ground = path?.at(-1);
  if (!path || !ground) return null;
  const own = forest.shares.own.get(id) ?? null;
  return {
    ground: path.map((one, level) => toRow(one, level, forest)),
    carries: carriedBy(ground).map((one) => toRow(one, 0, forest)),
    carriesAll: countAbove(ground),
    shared: own === null ? null : ground.height - own,
    own,
    unknown: forest.unknown,
  };
}
