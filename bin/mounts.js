// @ts-check
import { readFileSync } from 'node:fs';
import { capture } from './run.js';

/**
 * The mount points at or below a directory, deepest first.
 * @param {string} mountinfo proc(5) @param {string} directory
 */
export function mountsBelow(mountinfo, directory) {
  return mountinfo
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((point) =>
      point.replaceAll(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((point) => point === directory || point.startsWith(`${directory}/`))
    .toReversed();
}

/** Unmounts what a killed engine left mounted. @param {string} directory */
export async function unmountBelow(directory) {
  for (const point of mountsBelow(readFileSync('/proc/self/mountinfo', 'utf8'), directory)) {
    await capture('umount', ['-l', point]);
  }
}
