import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process of the host, including those in containers, has the text in its command line. */
export function isRunning(words: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words);
      } catch {
        return false; // it ended between the two reads
      }
    });
}
