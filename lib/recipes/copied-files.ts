import { filesDirectory, type RecipeFile, restArchive } from './schema';

/** `COPY ["a b", "/c"]`, `COPY --chown=1:2 a b /c`: the sources. */
function sourcesOf(rest: string): string[] {
  const words = rest.replace(/^(?:--\S+\s+)*/, '').trim();
  if (words.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(words);
      return Array.isArray(list) ? list.filter((word) => typeof word === 'string').slice(0, -1) : [];
    } catch {
      return []; // the build reports the error
    }
  }
  return words.split(/\s+/).slice(0, -1);
}

/**
 * The files that a Dockerfile copies from `files/`; each is extracted from the image by the rest of its path, also for
 * lines that a user adds.
 */
export function copiedFiles(dockerfile: string): { files: RecipeFile[]; rest: boolean } {
  const joined = dockerfile.replace(/\\\r?\n/g, ' ');
  const sources = [...joined.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.+)$/gim)].flatMap((match) =>
    sourcesOf(match[1]!),
  );
  const wanted = [...new Set(sources.map((source) => source.replace(/^\.\//, '')))];
  return {
    files: wanted
      .filter((source) => source.startsWith(`${filesDirectory}/`))
      .map((source) => ({ source, path: source.slice(filesDirectory.length) })),
    rest: wanted.includes(restArchive),
  };
}
