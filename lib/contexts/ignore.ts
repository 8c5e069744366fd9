import 'server-only';
import { lstatSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { readSmallFile } from './files';
import { cleanPath, compilePattern, type Pattern } from './patterns';
import { judgePath, noRules, type Rules, rulesOf } from './rules';

/** The ignore rules of a context. */
export interface Ignore {
  /** The file of the rules; null if there is none. */
  source: string | null;
  text: string;
  rules: Rules;
}

const nothingIgnored: Ignore = { source: null, text: '', rules: noRules };

const maxSizeBytes = 1024 * 1024;

/** Thrown for a pattern that Docker refuses, with its line number. */
export class PatternError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function parseLine(raw: string, line: number): Pattern | null {
  // A comment must start at the first column.
  if (raw.startsWith('#')) return null;
  let text = raw.trim();
  if (text === '') return null;
  let negated = text.startsWith('!');
  if (negated) text = text.slice(1).trim();
  if (text !== '') text = cleanPath(text);
  if (text.length > 1 && text.startsWith('/')) text = text.slice(1);
  // Docker checks for `!` again after cleaning the line: `/!a` includes `a`.
  if (!negated && text.startsWith('!')) {
    negated = true;
    text = text.slice(1);
  }
  if (text === '') throw new PatternError(line, '“!” without a pattern');
  try {
    return compilePattern(text, negated);
  } catch (error) {
    throw new PatternError(line, `“${text}” is not a valid pattern (${(error as Error).message})`);
  }
}

/** The patterns in the text of an ignore file. */
export const parsePatterns = (text: string): Pattern[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((raw, index) => parseLine(raw, index + 1))
    .filter((pattern) => pattern !== null);

/** The text of an ignore file; null if there is none. Refuses links and huge files. */
async function readIgnoreFile(root: string, source: string): Promise<string | null> {
  const folder = await realpath(path.join(root, path.dirname(source))).catch(() => null); // the directory does not exist: no file
  const file = folder && path.relative(root, path.join(folder, path.basename(source)));
  if (!file || file.startsWith('../')) return null;
  const stats = lstatSync(path.join(root, file), { throwIfNoEntry: false });
  if (!stats) return null;
  const refuse = (why: string) => new AppError('invalid_input', `“${source}” ${why}.`);
  if (stats.isSymbolicLink()) throw refuse('is a symbolic link; links are not followed');
  if (!stats.isFile()) throw refuse('is not a file');
  const content = readSmallFile(root, file, maxSizeBytes);
  if (!content) throw refuse(`is ${formatBytes(stats.size)}; the limit is ${formatBytes(maxSizeBytes)}`);
  return content.toString('utf8');
}

/**
 * The ignore rules for a Dockerfile: of `<Dockerfile>.dockerignore` if it exists, otherwise of `.dockerignore`. Both
 * files reach the engine in any case: BuildKit requests them separately, and a tar includes them.
 */
export async function readIgnore(root: string, dockerfile: string): Promise<Ignore> {
  for (const source of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    const text = await readIgnoreFile(root, source);
    if (text === null) continue;
    try {
      return { source, text, rules: rulesOf(parsePatterns(text)) };
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new AppError('invalid_input', `Line ${error.line} of ${source}: ${error.message}.`, {
        hint: 'Fix the file, then build again.',
        cause: error,
      });
    }
  }
  return nothingIgnored;
}

/** Whether a path of a context is excluded. */
export const isIgnored = ({ rules }: Ignore, file: string): boolean => judgePath(rules, file).matched;
