import 'server-only';
import { readFile, realpath, statfs } from 'node:fs/promises';
import type { Engine } from '@/lib/engine/engine';
import { parseEngineAddress } from '@/lib/engine/wire/address';
import { messageOf } from '@/lib/errors';
import { mountOf, parseMountInfo, wholeMount } from './mounts';
import type { FileSystem } from './schema';

const unknown = (reason: string): FileSystem => ({ known: false, reason });

/**
 * The file system of the engine's data root, if the engine runs on this machine and its data root is accessible: not
 * from a container, and not with an engine in a virtual machine.
 */
export async function lookAtFileSystem(engine: Engine, dataRoot: string): Promise<FileSystem> {
  const { scheme } = parseEngineAddress(engine.address);
  if (scheme !== 'unix')
    return unknown('The engine is on another machine: its disks cannot be read from here.');
  if (!dataRoot.startsWith('/')) return unknown('The engine does not report its data root.');
  try {
    const path = await realpath(dataRoot);
    const mounts = parseMountInfo(await readFile('/proc/self/mountinfo', 'utf8'));
    const inner = mountOf(path, mounts);
    const mount = inner && wholeMount(inner, mounts);
    const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
    return {
      known: true,
      mountedAt: mount?.at ?? '/',
      type: mount?.type ?? 'unknown',
      source: mount?.source ?? '',
      own: mount?.at === path && mount.root === '/',
      // As df does: blocks that are reserved for root are neither used nor free.
      total: (blocks - bfree + bavail) * bsize,
      free: bavail * bsize,
      inodes: files,
      freeInodes: ffree,
    };
  } catch (error) {
    return unknown(
      `${dataRoot} cannot be read from here (${messageOf(error)}). Layerwright may run in a container or as another user, or the engine in a virtual machine.`,
    );
  }
}
