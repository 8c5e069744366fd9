import 'server-only';
import { AppError } from '@/lib/errors';
import { readSmallFile } from './files';
import { parsePatterns, type Pattern, PatternError } from './patterns';

/** Whether a path (relative, with `/`) is left out. For a directory: with all that is in it, so it need not be read. */
export type Excludes = (path: string, isDirectory: boolean) => boolean;

export interface Ignore {
  /** The file whose rules these are; null where there is none. */
  source: string | null;
  excludes: Excludes;
}

const maxSize = 1024 * 1024;

const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Whether a pattern may match something below a directory that it does not match itself. */
function mayMatchBelow(pattern: Pattern, directory: string): boolean {
  const wanted = pattern.text.split('/');
  const parts = directory.split('/');
  for (const [index, part] of parts.entries()) {
    const at = wanted[index];
    // A shorter pattern that has matched so far matches a parent, and with it all that is below.
    if (at === undefined || at.includes('**')) return true;
    const isText = !/[*?[\]\\]/.test(at);
    if (isText && at !== part) return false;
  }
  return true;
}

/**
 * The rules as one question. The last pattern that matches a path, or a directory above it, decides. A pattern that
 * could change nothing is not asked, and so not known to match for what is below either: Docker does it so
 * (patternmatcher's MatchesUsingParentResults), and it can be seen in what is sent.
 */
export function excluder(patterns: Pattern[]): Excludes {
  if (patterns.length === 0) return () => false;
  const negated = patterns.filter((pattern) => pattern.negated);
  // By directory, as its files are often many.
  const known = new Map<string, boolean[]>([['', []]]);

  function match(path: string): { matched: boolean[]; excluded: boolean } {
    const above = matchedBy(parentOf(path));
    let excluded = false;
    const matched = patterns.map((pattern, index) => {
      const matches = above[index] || (pattern.negated === excluded && pattern.matches(path));
      if (matches) excluded = !pattern.negated;
      return matches;
    });
    return { matched, excluded };
  }

  function matchedBy(directory: string): boolean[] {
    let matched = known.get(directory);
    if (!matched) known.set(directory, (matched = match(directory).matched));
    return matched;
  }

  return (path, isDirectory) =>
    match(path).excluded && !(isDirectory && negated.some((pattern) => mayMatchBelow(pattern, path)));
}

/**
 * The rules of a project for one Dockerfile: `<Dockerfile>.dockerignore` where there is one, else `.dockerignore`.
 * Both files themselves reach the engine in any case: it asks for them apart, or the door adds them.
 */
export async function readIgnore(directory: string, dockerfile: string): Promise<Ignore> {
  for (const source of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    const text = await readSmallFile(directory, source, maxSize);
    if (text === null) continue;
    try {
      return { source, excludes: excluder(parsePatterns(text)) };
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new AppError('invalid_input', `Line ${error.line} of ${source}: ${error.message}.`, {
        hint: 'Mend the file, then build again.',
      });
    }
  }
  return { source: null, excludes: () => false };
}
