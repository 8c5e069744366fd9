/** Instructions that an import takes, as `docker import --change` does. */
const changeWords = [
  'CMD',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

/** Why a line is no change, or null. */
export function problemOfChange(line: string): string | null {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  if (!changeWords.some((known) => known === word.toUpperCase()))
    return `“${word}” is none of ${changeWords.join(', ')}.`;
  if (rest.length === 0) return `${word.toUpperCase()} needs a value.`;
  return null;
}

/** One instruction a line; empty lines and comments are passed over. */
export const readChanges = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Endings that the pickers offer; what a file is, its content says. */
export const archiveEndings = ['.tar', '.tar.gz', '.tgz', '.tar.xz', '.txz', '.tar.zst', '.tar.bz2'];
export const archiveAccept = [...archiveEndings, '.gz', '.xz', '.zst', '.bz2'].join(',');
