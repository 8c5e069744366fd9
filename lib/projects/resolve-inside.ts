import 'server-only';
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { pathProblem } from './rules';

interface Inside {
  /** Relative to the root, with `/`; empty for the root. */
  path: string;
  /** Absolute path. */
  absolute: string;
  /** The entry, links not followed; null if it does not exist. */
  stats: Stats | null;
}

async function look(file: string): Promise<Stats | null> {
  try {
    return await lstat(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'ENAMETOOLONG')
      throw new AppError('invalid_input', 'This path is too long.', { cause: error });
    throw error;
  }
}

/**
 * The only way from a path of a browser to a path on the disk: it does not leave the root, and no parent directory is
 * a symbolic link. (The caller checks the type of the entry in `stats`.)
 */
export async function resolveInside(root: string, wanted: string): Promise<Inside> {
  if (wanted === '') return { path: '', absolute: root, stats: await look(root) };
  const problem = pathProblem(wanted);
  if (problem) throw new AppError('invalid_input', problem, { fields: { path: problem } });
  const parts = wanted.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = parts.slice(0, depth).join('/');
    const stats = await look(path.join(root, parent));
    if (!stats) break;
    if (!stats.isDirectory()) {
      const message = stats.isSymbolicLink()
        ? `“${parent}” is a symbolic link; links are not followed.`
        : `“${parent}” is a file, not a directory.`;
      throw new AppError('invalid_input', message, { fields: { path: message } });
    }
  }
  const absolute = path.join(root, wanted);
  return { path: wanted, absolute, stats: await look(absolute) };
}
