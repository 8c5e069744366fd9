import 'server-only';
import { z } from 'zod';
import { stateOf } from '@/lib/engine/containers/answers';
import type { ContainerState } from '@/lib/engine/containers/types';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { text, textMap } from '@/lib/engine/wire/fields';
import { volumePath } from '@/lib/engine/wire/names';
import { isAnonymous } from './volumes';

/** The engine reads the sizes of all files of containers and volumes: minutes on a slow disk. */
const measureTimeoutMs = 15 * 60_000;

const size = z
  .number()
  .nullish()
  .transform((value) => Math.max(value ?? 0, 0));
const imageItem = z.looseObject({
  Id: z.string(),
  Size: size,
  SharedSize: size,
  Containers: z.number().nullish(),
  RepoTags: z.array(z.string()).nullish(),
});
const containerItem = z.looseObject({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  Image: text,
  ImageID: text,
  State: text,
  SizeRw: size,
  Created: z.number().catch(0),
  Labels: textMap,
});
const volumeItem = z.looseObject({
  Name: z.string(),
  Labels: textMap,
  UsageData: z.looseObject({ Size: size, RefCount: z.number().catch(-1) }).nullish(),
});
const cacheItem = z.looseObject({
  ID: z.string(),
  Type: text,
  Description: text,
  InUse: z.boolean().catch(false),
  Shared: z.boolean().catch(false),
  Size: size,
  LastUsedAt: text,
});

const usage = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ TotalSize: size, Items: z.array(item).nullish() });

/** From API 1.52 on. */
const usageAnswer = z
  .looseObject({
    ImageUsage: usage(imageItem),
    ContainerUsage: usage(containerItem),
    VolumeUsage: usage(volumeItem),
    BuildCacheUsage: usage(cacheItem),
  })
  .transform(({ ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage }) => ({
    layers: ImageUsage.TotalSize,
    images: ImageUsage.Items ?? [],
    containers: ContainerUsage.Items ?? [],
    volumes: VolumeUsage.Items ?? [],
    cache: BuildCacheUsage.Items ?? [],
  }));

/** Before. The lists are null where there is nothing, the sum never is. */
const legacyAnswer = z
  .looseObject({
    LayersSize: z.number(),
    Images: z.array(imageItem).nullish(),
    Containers: z.array(containerItem).nullish(),
    Volumes: z.array(volumeItem).nullish(),
    BuildCache: z.array(cacheItem).nullish(),
  })
  .transform(({ LayersSize, Images, Containers, Volumes, BuildCache }) => ({
    layers: LayersSize,
    images: Images ?? [],
    containers: Containers ?? [],
    volumes: Volumes ?? [],
    cache: BuildCache ?? [],
  }));

/** An answer of neither shape is an error, not an empty disk. */
export const dfAnswer = z.union([usageAnswer, legacyAnswer]);

interface MeasuredContainer {
  id: string;
  name: string;
  image: string;
  state: ContainerState;
  size: number;
  created: number;
  labels: Record<string, string>;
}

interface MeasuredVolume {
  name: string;
  anonymous: boolean;
  size: number;
  /** Number of containers that use it, running or not; -1 if unknown. */
  users: number;
}

interface MeasuredCache {
  id: string;
  kind: string;
  description: string;
  size: number;
  inUse: boolean;
  /** An image has the same layers, so removing it frees nothing. */
  shared: boolean;
}

/** The engine's count of what uses the space of the data root. */
export interface DiskUse {
  /** Bytes of all layers of all images; shared layers count once. */
  layers: number;
  images: {
    count: number;
    /** How many no container uses. */
    unused: number;
    /** Bytes that only those hold. */
    unusedSize: number;
  };
  containers: MeasuredContainer[];
  volumes: MeasuredVolume[];
  cache: MeasuredCache[];
}

/** Makes the engine count. Takes long with many files, so no page waits for it. */
export async function measureDisk(engine: Engine): Promise<DiskUse> {
  const answer = parseAnswer(
    dfAnswer,
    // Items are in the newer shape only if they are asked for.
    await callJson(engine, { path: '/system/df', query: { verbose: true }, timeoutMs: measureTimeoutMs }),
  );
  const containers = answer.containers.map((one) => ({
    id: one.Id,
    name: one.Names?.[0]?.replace(/^\//, '') ?? one.Id.slice(0, 12),
    image: one.Image,
    state: stateOf(one.State),
    size: one.SizeRw,
    created: one.Created * 1000,
    labels: one.Labels,
  }));
  const used = new Set(answer.containers.map(({ ImageID }) => ImageID));
  const unused = answer.images.filter(({ Id }) => !used.has(Id));
  return {
    layers: answer.layers,
    images: {
      count: answer.images.length,
      unused: unused.length,
      unusedSize: unused.reduce((sum, image) => sum + Math.max(image.Size - image.SharedSize, 0), 0),
    },
    containers,
    volumes: answer.volumes.map(({ Name: name, UsageData: use }) => ({
      name,
      anonymous: isAnonymous(name),
      size: use?.Size ?? 0,
      users: use?.RefCount ?? -1,
    })),
    cache: answer.cache.map((one) => ({
      id: one.ID,
      kind: one.Type,
      description: one.Description,
      size: one.Size,
      inUse: one.InUse,
      shared: one.Shared,
    })),
  };
}

/** Files are removed before the engine answers. */
const removeTimeoutMs = 300_000;

/** The engine refuses to remove a volume that a container uses. */
export async function removeVolume(engine: Engine, name: string): Promise<void> {
  await callJson(engine, {
    method: 'DELETE',
    path: `/volumes/${volumePath(name)}`,
    timeoutMs: removeTimeoutMs,
  });
}

const pruneAnswer = z.looseObject({
  CachesDeleted: z.array(z.string()).nullish(),
  SpaceReclaimed: size,
});

/** Removes build cache that is not in use: what no image shares, or `all`. */
export async function pruneBuildCache(
  engine: Engine,
  {
    all,
    signal,
  }: {
    all: boolean;
    signal: AbortSignal;
  },
): Promise<{ removed: number; size: number }> {
  const answer = await callJson(engine, {
    method: 'POST',
    path: '/build/prune',
    query: { all },
    timeoutMs: measureTimeoutMs,
    signal,
  });
  const { CachesDeleted: removed, SpaceReclaimed: freed } = parseAnswer(pruneAnswer, answer);
  return { removed: removed?.length ?? 0, size: freed };
}
