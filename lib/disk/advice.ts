import { buildersIn, featuresOf } from '@/lib/builders/features-of';
import type { EngineFacts } from '@/lib/engine/types';
import { formatBytes } from '@/lib/format/bytes';
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
>;

const GB = 1e9;

/** Linux 4.0 brought what the overlay2 driver needs; Red Hat brought it back into its 3.10. */
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
    why: 'A program does what the kernel could: every file that is read and written goes through it.',
  },
  vfs: {
    level: 'warning',
    why: 'Each layer is a whole copy of the one below: builds are slow, and disks fill up.',
  },
  devicemapper: { level: 'warning', why: removed('devicemapper') },
  aufs: { level: 'warning', why: removed('aufs') },
  overlay: { level: 'warning', why: `It uses up inodes by hard links. ${removed('overlay')}` },
};

function driverAdvice({ storageDriver, kernel, rootless }: Facts): Advice {
  const known = drivers[storageDriver] ?? {
    level: 'info' as const,
    why: 'It is not one that we know: see the documentation of the engine.',
  };
  const better =
    known.level === 'good'
      ? ''
      : hasOverlay(kernel)
        ? `Kernel ${kernel} can do overlay2: set \`{"storage-driver": "overlay2"}\` in the engine's daemon.json${
            rootless ? ' (without root from kernel 5.11 on)' : ''
          }. Images must be built or pulled anew then.`
        : `Kernel ${kernel} is too old for overlay2, which needs 4.0. A newer kernel is worth it.`;
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
    title: 'The file system does not tell the types of its entries (d_type)',
    why: 'Overlay layers need it: without it files that were removed come back, and removing images and containers fails.',
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
      title: 'The data root has a file system of its own',
      why: 'When images and caches fill it, the rest of the machine goes on.',
      action: '',
    };
  }
  return {
    key: 'own',
    level: 'info',
    title: `The data root shares its file system with all else below ${system.mountedAt}`,
    why: 'When images, caches or the output of containers fill it, the whole machine stands still: no log, no login, no database can write.',
    action: `Give ${dataRoot} a file system of its own: stop the engine, copy the folder, mount a new volume there.`,
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
    title: `${formatBytes(system.free)} of ${formatBytes(system.total)} are free`,
    why: 'A build needs room for its layers, its cache and its context at the same time: the next one may fail half-way.',
    action: '',
  };
}

function inodeAdvice(system: FileSystem): Advice | null {
  if (!system.known || system.inodes === 0 || system.freeInodes / system.inodes > 0.05) return null;
  return {
    key: 'inodes',
    level: system.freeInodes / system.inodes < 0.01 ? 'danger' : 'warning',
    title: 'The file system has hardly any inodes left',
    why: 'Each file needs one: the engine says “no space left on device” although there is room.',
    action:
      'Remove images and build cache with many small files, or make the file system anew with more inodes.',
  };
}

const parts: { key: keyof DiskSummary; words: string }[] = [
  { key: 'cache', words: 'build cache' },
  { key: 'images', words: 'images that no container uses' },
  { key: 'containers', words: 'stopped containers' },
  { key: 'volumes', words: 'volumes that no container uses' },
];

/** What frees the most first; only what is worth a click. */
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
    title: `${formatBytes(total)} could be removed`,
    why: worth.map(({ words, size }) => `${formatBytes(size)} in ${words}`).join(', ') + '.',
    action: tight
      ? 'Remove it before the next build, from the top of the list below. Build cache costs time at the next build, and nothing else.'
      : 'Look at the list below when room gets short. Build cache costs time at the next build, and nothing else.',
  };
}

function logAdvice({ logDriver }: Facts): Advice | null {
  if (logDriver !== 'json-file') return null;
  return {
    key: 'log-size',
    level: 'info',
    title: 'The output of containers is kept without a limit unless one is set',
    why: 'With the log driver json-file one chatty container can fill the disk. Whether a limit is set cannot be asked of the engine.',
    action:
      'Set `{"log-opts": {"max-size": "50m", "max-file": "3"}}` in daemon.json; it holds for containers made after that.',
  };
}

/** BuildKit of Docker before 23 hangs its build when it has gathered more than 1 MiB of output to pass on (measured). */
const hangsByOutput = ({ version }: Facts) => Number.parseInt(version, 10) < 23;

function clipAdvice(facts: Facts): Advice | null {
  if (!buildersIn(facts).some((builder) => featuresOf(builder).clipsLogs)) return null;
  return {
    key: 'log-clipping',
    level: 'info',
    title:
      'BuildKit cuts the log of a step at 2 MiB, and at 200 KiB in a second, unless other limits are set',
    why: 'What is beyond is lost for good, here as on the command line; a build that clipped says so at the step. Which limits are set cannot be asked of the engine; one that Layerwright set up has higher ones.',
    action: hangsByOutput(facts)
      ? 'Docker 23 and newer can let everything through. This version hangs a build that prints much at once: raise `BUILDKIT_STEP_LOG_MAX_SIZE` and `BUILDKIT_STEP_LOG_MAX_SPEED` (bytes; variables of the engine) with care only, and not to -1.'
      : 'Give the engine the variables `BUILDKIT_STEP_LOG_MAX_SIZE=-1` and `BUILDKIT_STEP_LOG_MAX_SPEED=-1` (for the engine of the machine: `systemctl edit docker`, Environment=…) and start it again.',
  };
}

const order = { danger: 0, warning: 1, info: 2, good: 3 };

/** What to know and do about where the images live, the urgent first. */
export function adviseOn(facts: Facts, system: FileSystem, summary: DiskSummary | null): Advice[] {
  return [
    roomAdvice(system),
    inodeAdvice(system),
    dTypeAdvice(facts),
    summary && pruneAdvice(summary, system),
    driverAdvice(facts),
    ownAdvice(system, facts.dataRoot),
    logAdvice(facts),
    clipAdvice(facts),
  ]
    .filter((advice) => advice !== null)
    .toSorted((a, b) => order[a.level] - order[b.level]);
}
