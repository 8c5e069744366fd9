import type { DiskUse } from '@/lib/engine/system/disk';
import { isAlive } from '@/lib/containers/schema';
import type { DiskPart, DiskSummary } from './schema';

const sum = (items: readonly { size: number }[]) => items.reduce((total, { size }) => total + size, 0);

function part<T extends { size: number }>(all: readonly T[], unused: readonly T[]): DiskPart {
  return { count: all.length, size: sum(all), unusedCount: unused.length, unusedSize: sum(unused) };
}

/** Does not include layers of the build cache that an image uses, too. */
export const ownCache = ({ cache }: DiskUse) => cache.filter(({ shared }) => !shared);

export function summarise(use: DiskUse): DiskSummary {
  const { containers, volumes, images } = use;
  return {
    images: {
      count: images.count,
      size: use.layers,
      unusedCount: images.unused,
      unusedSize: Math.min(images.unusedSize, use.layers),
    },
    containers: part(
      containers,
      containers.filter(({ state }) => !isAlive(state)),
    ),
    volumes: part(
      volumes,
      volumes.filter(({ users }) => users === 0),
    ),
    cache: part(
      ownCache(use),
      ownCache(use).filter(({ inUse }) => !inUse),
    ),
  };
}
