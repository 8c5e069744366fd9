import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A directory that becomes a disk of its own. */
interface SmallDisk {
  /** Takes all that is left of it. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  unmount(): void;
}

export function mountSmallDisk(directory: string, megabytes: number): SmallDisk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  const ballast = path.join(directory, 'ballast');
  return {
    fill() {
      for (let size = 1024 * 1024; size >= 512;)
        try {
          writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
        } catch {
          size /= 2;
        }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => void execFileSync('umount', ['-l', directory]),
  };
}
