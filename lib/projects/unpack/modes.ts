/** Only the execute permission of a file's mode is kept. Set-user-id and similar are dropped. */
export const directoryMode = 0o755;
export const plainMode = 0o644;
const programMode = 0o755;

export const keptMode = (mode: number): number => (mode & 0o111 ? programMode : plainMode);

/** Without a known mode (a folder from a browser, a zip from Windows), scripts and ELF programs are executable. */
export const guessMode = (start: Buffer): number =>
  start.toString('latin1', 0, 2) === '#!' || start.toString('latin1', 0, 4) === '\x7fELF'
    ? programMode
    : plainMode;
