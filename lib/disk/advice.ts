import { buildersIn, featuresOf } from '@/lib/builders/features-of';
import type { EngineFacts } from '@/lib/engine/types';
import { formatBytes } from '@/lib/format/bytes';
import { floorAdvice } from './floors';
import type { Advice, DiskSummary, FileSystem } from './schema';

type Facts = Pick<
  EngineFacts,
  | 'storageDriver'
  | 'store'
  | 'kernel'
  | 'dType'
  | 'backingFileSystem'
  | 'logDriver'
  | 'os'
  | 'product'
  | 'dataRoot'
  | 'rootless'
  | 'version'
  | 'runc'
>;

const GB = 1e9;

/** Linux 4.0 has what the overlay2 driver needs; Red Hat backported it to its 3.10. */
function hasOverlay(kernel: string): boolean {
  const [major = 0] = kernel.split('.').map(Number);
  return major >= 4 || Number(/^3\.10\.0-(\d+)/.exec(kernel)?.[1] ?? 0) >= 514;
}

const removed = (name: string) => `${name} is deprecated, and newer engines have removed it.`;

const drivers: Record<string, { level: Advice['level']; why: string }> = {
  overlay2: { level: 'good', why: 'Layers share files and memory, and the kernel does the work.' },
  overlayfs: { level: 'good', why: 'Layers share files and memory, and the kernel does the work.' },
  btrfs: { level: 'good', why: 'Layers are subvolumes of the file system. It must be btrfs itself.' },
  zfs: { level: 'good', why: 'Layers are data sets of the file system. It must be ZFS itself.' },
  'fuse-overlayfs': {
    level: 'info',
    why: 'A user-space program handles every file access, which is slower than the kernel.',
  },
  vfs: {
    level: 'warning',
    why: 'Each layer is a full copy of the one below: builds are slow and disks fill up.',
  },
  devicemapper: { level: 'warning', why: removed('devicemapper') },
  aufs: { level: 'warning', why: removed('aufs') },
  overlay: { level: 'warning', why: `It uses up inodes by hard links. ${removed('overlay')}` },
};

function driverAdvice({ storageDriver, kernel, rootless }: Facts): Advice {
  const known = drivers[storageDriver] ?? {
    level: 'info' as const,
    why: 'Layerwright does not know it: see the documentation of the engine.',
  };
  const better =
    known.level === 'good'
      ? ''
      : hasOverlay(kernel)
        ? `Kernel ${kernel} can do overlay2: set \`{"storage-driver": "overlay2"}\` in the engine's daemon.json${
            rootless ? ' (without root from kernel 5.11 on)' : ''
          }. Images must then be rebuilt or pulled again.`
        : `Kernel ${kernel} is too old for overlay2, which needs 4.0. Upgrade the kernel.`;
  return {
    key: 'driver',
    level: known.level,
    title:
      known.level === 'good'
        ? `${storageDriver} is the right storage driver here`
        : `The storage driver is ${storageDriver}`,
    why: known.why,
    action: better,
  };
}

function dTypeAdvice({ dType, backingFileSystem }: Facts): Advice | null {
  if (dType !== false) return null;
  return {
    key: 'd-type',
    level: 'danger',
    title: 'The file system does not support d_type',
    why: 'Overlay layers need it: without it, deleted files reappear, and removing images and containers fails.',
    action: `Move the data root to a file system that has it${
      backingFileSystem === 'xfs'
        ? ': XFS made with `mkfs.xfs -n ftype=1`'
        : ', such as ext4, or XFS made with ftype=1'
    }.`,
  };
}

function ownAdvice(system: FileSystem, dataRoot: string): Advice | null {
  if (!system.known) return null;
  if (system.own) {
    return {
      key: 'own',
      level: 'good',
      title: 'The data root has a dedicated file system',
      why: 'If images and caches fill it, the rest of the machine is not affected.',
      action: '',
    };
  }
  return {
    key: 'own',
    level: 'info',
    title: `The data root shares the file system at ${system.mountedAt}`,
    why: 'If images, caches or container logs fill it, the whole machine is affected: logs, logins and databases cannot write.',
    action: `Give ${dataRoot} a dedicated file system: stop the engine, copy the folder and mount a new volume there.`,
  };
}

function roomAdvice(system: FileSystem): Advice | null {
  if (!system.known || system.total === 0) return null;
  const share = system.free / system.total;
  const level =
    system.free < GB / 2 || share < 0.03 ? 'danger' : system.free < 3 * GB || share < 0.1 ? 'warning' : null;
  if (!level) return null;
  return {
    key: 'room',
    level,
    title: `${formatBytes(system.free)} of ${formatBytes(system.total)} free`,
    why: 'A build needs disk space for layers, cache and context at the same time: the next build may fail.',
    action: '',
  };
}

function inodeAdvice(system: FileSystem): Advice | null {
  if (!system.known || system.inodes === 0 || system.freeInodes / system.inodes > 0.05) return null;
  return {
    key: 'inodes',
    level: system.freeInodes / system.inodes < 0.01 ? 'danger' : 'warning',
    title: 'The file system is running out of inodes',
    why: 'Each file needs one: the engine reports “no space left on device” although disk space is free.',
    action:
      'Remove images and build cache with many small files, or recreate the file system with more inodes.',
  };
}

const parts: { key: keyof DiskSummary; words: string }[] = [
  { key: 'cache', words: 'build cache' },
  { key: 'images', words: 'unused images' },
  { key: 'containers', words: 'stopped containers' },
  { key: 'volumes', words: 'unused volumes' },
];

/** Largest first; only amounts worth cleaning up. */
function pruneAdvice(summary: DiskSummary, system: FileSystem): Advice | null {
  const worth = parts
    .map(({ key, words }) => ({ words, size: summary[key].unusedSize }))
    .filter(({ size }) => size >= 50e6)
    .toSorted((a, b) => b.size - a.size);
  const total = worth.reduce((sum, { size }) => sum + size, 0);
  const tight = roomAdvice(system) !== null;
  if (total < (tight ? 50e6 : 2 * GB)) return null;
  return {
    key: 'prune',
    level: tight ? 'warning' : 'info',
    title: `${formatBytes(total)} reclaimable`,
    why: worth.map(({ words, size }) => `${formatBytes(size)} in ${words}`).join(', ') + '.',
    action: tight
      ? 'Clean up before the next build, starting at the top of the list below. Removing build cache only makes the next build slower.'
      : 'Clean up with the list below when disk space runs low. Removing build cache only makes the next build slower.',
  };
}

function logAdvice({ logDriver }: Facts): Advice | null {
  if (logDriver !== 'json-file') return null;
  return {
    key: 'log-size',
    level: 'info',
    title: 'Container logs have no size limit by default',
    why: 'With the log driver json-file, a single container can fill the disk. The engine does not report whether a limit is set.',
    action:
      'Set `{"log-opts": {"max-size": "50m", "max-file": "3"}}` in daemon.json; it applies to new containers.',
  };
}

/** Before Docker 23, BuildKit hangs a build when it has buffered more than 1 MiB of output (measured). */
const hangsByOutput = ({ version }: Facts) => Number.parseInt(version, 10) < 23;

function clipAdvice(facts: Facts): Advice | null {
  if (!buildersIn(facts).some((builder) => featuresOf(builder).clipsLogs)) return null;
  return {
    key: 'log-clipping',
    level: 'info',
    title: 'BuildKit clips the log of a step at 2 MiB, and at 200 KiB per second, by default',
    why: 'Output beyond this is lost, also on the command line; a clipped step is marked in the build. The engine does not report its limits; an engine set up by Layerwright has higher ones.',
    action: hangsByOutput(facts)
      ? 'Docker 23 and newer can let everything through. This version hangs a build that prints much at once: raise `BUILDKIT_STEP_LOG_MAX_SIZE` and `BUILDKIT_STEP_LOG_MAX_SPEED` (bytes; variables of the engine) with care only, and not to -1.'
      : 'Give the engine the variables `BUILDKIT_STEP_LOG_MAX_SIZE=-1` and `BUILDKIT_STEP_LOG_MAX_SPEED=-1` (for the engine of the machine: `systemctl edit docker`, Environment=…) and restart it.',
  };
}

const order = { danger: 0, warning: 1, info: 2, good: 3 };

/** Advice about the engine's storage and versions, most urgent first. */
export function adviseOn(
  facts: Facts,
  system: FileSystem,
  summary: DiskSummary | null,
  node = process.versions.node,
): Advice[] {
  return [
    roomAdvice(system),
    inodeAdvice(system),
    dTypeAdvice(facts),
    summary && pruneAdvice(summary, system),
    driverAdvice(facts),
    ownAdvice(system, facts.dataRoot),
    logAdvice(facts),
    clipAdvice(facts),
    ...floorAdvice(facts, node),
  ]
    .filter((advice) => advice !== null)
    .toSorted((a, b) => order[a.level] - order[b.level]);
}
