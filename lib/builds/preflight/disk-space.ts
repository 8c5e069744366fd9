import type { FileSystem } from '@/lib/disk/schema';
import { formatBytes } from '@/lib/format/bytes';
import type { PreflightItem } from './schema';

/** The cache of one ordinary build takes about this much. */
const minimumBytes = 2e9;

/** Whether the free disk space suffices for the layers of a build and as much again for its cache. */
export function judgeDiskSpace(system: FileSystem, lastImageBytes: number | null): PreflightItem {
  const item = { key: 'room', title: 'Disk space', href: '/engine' };
  if (!system.known) return { ...item, level: 'unknown', detail: system.reason, hint: '' };
  const neededBytes = Math.max(minimumBytes, 2 * (lastImageBytes ?? 0));
  const free = `${formatBytes(system.free)} of ${formatBytes(system.total)} free`;
  if (system.free >= neededBytes) return { ...item, level: 'ok', detail: `${free}.`, hint: '' };
  return {
    ...item,
    level: system.free < minimumBytes / 4 ? 'problem' : 'warning',
    detail: `${free}; a build like the last one may need ${formatBytes(neededBytes)}.`,
    hint: 'Remove unused images and build cache first.',
  };
}
