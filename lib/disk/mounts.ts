interface Mount {
  /** Where it is mounted. */
  at: string;
  /** `ext4`, `xfs`, `overlay`… */
  type: string;
  /** `/dev/sda1`, `tank/docker`… */
  source: string;
  /** `major:minor` of the device: the same for all mounts of one file system. */
  device: string;
  /** Which folder of the file system is seen there: `/` unless it is a bind mount or a subvolume. */
  root: string;
}

/** Blanks and the like stand as `\040` in /proc (proc(5)). */
const unescape = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Reads /proc/self/mountinfo (proc(5)); lines that are none are left out. */
export function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [own = '', rest = ''] = line.split(' - ');
    const [, , device, root, at] = own.split(' ');
    const [type, source] = rest.split(' ');
    if (!device || !root || !at || !type || !source) return [];
    return [{ at: unescape(at), type, source: unescape(source), device, root: unescape(root) }];
  });
}

/** The mount that a path lies on: the innermost, and of several at one place the last, which hides the others. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    const inside = mount.at === '/' || path === mount.at || path.startsWith(`${mount.at}/`);
    if (inside && (!found || mount.at.length >= found.at.length)) found = mount;
  }
  return found;
}

/**
 * Where the whole file system of a mount is mounted. An engine binds its data root onto itself to keep its mounts private:
 * that looks like a mount of its own, and is none.
 */
export const wholeMount = (mount: Mount, mounts: readonly Mount[]): Mount =>
  mount.root === '/'
    ? mount
    : (mounts.find(({ device, root }) => device === mount.device && root === '/') ?? mount);
