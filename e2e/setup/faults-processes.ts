import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process of the host, also one in a container, has the words in its command line. */
export function isRunning(words: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words);
      } catch {
        return false; // It ended between the two looks.
      }
    });
}
