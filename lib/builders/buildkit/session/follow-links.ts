import 'server-only';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { hasWildcard } from '@/lib/contexts/patterns';
import { wantedPattern } from '@/lib/contexts/wanted';

/** Links of links of links: beyond this it is a loop, and the engine will say so. */
const maxPaths = 10_000;

const segmentsOf = (file: string): string[] => file.split('/').filter((part) => part && part !== '.');

/** Absolute and climbing targets stay inside the context, as they will inside the image. */
function resolveInside(folder: readonly string[], target: string): string[] {
  const resolved = target.startsWith('/') ? [] : [...folder];
  for (const part of segmentsOf(target)) {
    if (part === '..') resolved.pop();
    else resolved.push(part);
  }
  return resolved;
}

async function namesMatching(folder: string, pattern: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []); // No such folder: nothing matches.
  const wanted = wantedPattern(pattern);
  return wanted ? names.filter(wanted.matches) : names;
}

/**
 * Walks one path to its first symlink or wildcard. Gives what is needed so far, and the paths to walk next. Nothing is
 * read through a link: each step starts again from the root.
 */
async function walkPath(
  root: string,
  segments: readonly string[],
): Promise<{ found: string[]; next: string[][] }> {
  const passed: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const rest = segments.slice(index + 1);
    if (segment === '..') {
      passed.pop();
      continue;
    }
    if (hasWildcard(segment)) {
      const names = await namesMatching(path.join(root, ...passed), segment);
      return { found: [], next: names.map((name) => [...passed, name, ...rest]) };
    }
    const here = path.join(root, ...passed, segment);
    const stat = await lstat(here).catch(() => null); // Not there: the engine will say so.
    if (stat?.isSymbolicLink()) {
      const target = resolveInside(passed, await readlink(here));
      return { found: [[...passed, segment].join('/')], next: [[...target, ...rest]] };
    }
    passed.push(segment);
  }
  return { found: passed.length ? [passed.join('/')] : [], next: [] };
}

/** The paths, and everything that the symlinks on the way to them lead to within the context. */
export async function followLinks(root: string, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>(paths);
  const seen = new Set<string>();
  const queue = paths.map(segmentsOf);
  for (let segments = queue.shift(); segments && seen.size < maxPaths; segments = queue.shift()) {
    const key = segments.join('/');
    if (seen.has(key)) continue;
    seen.add(key);
    const step = await walkPath(root, segments);
    for (const file of step.found) found.add(file);
    queue.push(...step.next);
  }
  return [...found];
}
