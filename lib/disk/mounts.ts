interface Mount {
  /** Mount point. */
  at: string;
  /** `ext4`, `xfs`, `overlay`… */
  type: string;
  /** `/dev/sda1`, `tank/docker`… */
  source: string;
  /** `major:minor` of the device: equal for all mounts of a file system. */
  device: string;
  /** Root of the mount in the file system: `/` unless it is a bind mount or a subvolume. */
  root: string;
}

/** /proc escapes blanks and other characters as `\040` (proc(5)). */
const unescape = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Parses /proc/self/mountinfo (proc(5)); skips invalid lines. */
export function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [own = '', rest = ''] = line.split(' - ');
    const [, , device, root, at] = own.split(' ');
    const [type, source] = rest.split(' ');
    if (!device || !root || !at || !type || !source) return [];
    return [{ at: unescape(at), type, source: unescape(source), device, root: unescape(root) }];
  });
}

/** The mount of a path: the innermost, and with several at one mount point the last, which hides the others. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    const inside = mount.at === '/' || path === mount.at || path.startsWith(`${mount.at}/`);
    if (inside && (!found || mount.at.length >= found.at.length)) found = mount;
  }
  return found;
}

/**
 * The mount point of the whole file system of a mount. An engine bind-mounts its data root onto itself to keep its
 * mounts private: that looks like a separate mount, and is none.
 */
export const wholeMount = (mount: Mount, mounts: readonly Mount[]): Mount =>
  mount.root === '/'
    ? mount
    : (mounts.find(({ device, root }) => device === mount.device && root === '/') ?? mount);
