import type { FileSystem } from '@/lib/disk/schema';
import { formatBytes } from '@/lib/format/bytes';
import type { PreflightItem } from './schema';

/** Bytes. Less than this is used up by the cache of one ordinary build. */
const least = 2e9;

/** Whether there is room for a build: for its layers and again for its cache. `lastSize` is that of the last image. */
export function judgeRoom(system: FileSystem, lastSize: number | null): PreflightItem {
  const item = { key: 'room', title: 'Room on the engine’s disk', href: '/engine' };
  if (!system.known) return { ...item, level: 'unknown', detail: system.reason, hint: '' };
  const wanted = Math.max(least, 2 * (lastSize ?? 0));
  const free = `${formatBytes(system.free)} of ${formatBytes(system.total)} are free`;
  if (system.free >= wanted) return { ...item, level: 'ok', detail: `${free}.`, hint: '' };
  return {
    ...item,
    level: system.free < least / 4 ? 'problem' : 'warning',
    detail: `${free}; a build like the last one may need ${formatBytes(wanted)}.`,
    hint: 'Remove unused images and build cache first.',
  };
}
