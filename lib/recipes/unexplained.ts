import type { RecipeInput } from './input';
import { isVolatile } from './noise';

/** Changed paths that no line of the Dockerfile creates yet, in the image or removed from it. */
export function unexplainedPaths(
  { changes, files }: RecipeInput,
  explained: ReadonlySet<string>,
  state: 'present' | 'removed',
): string[] {
  const open = changes.filter(
    ({ path, kind }) =>
      (kind === 'removed') === (state === 'removed') && !explained.has(path) && !isVolatile(path),
  );
  if (state === 'removed') return open.map(({ path }) => path);
  return open
    .filter(({ path, kind }) => kind === 'added' || files.get(path)?.type !== 'directory')
    .map(({ path }) => path)
    .filter((path) => files.has(path));
}

/** The paths without parent directories, which a COPY creates by itself with the default owner and mode. */
export function withoutParents(paths: string[], { files }: RecipeInput): string[] {
  return paths.filter((path) => {
    const facts = files.get(path)!;
    const isPlain = facts.type === 'directory' && facts.mode === 0o755 && facts.uid === 0 && facts.gid === 0;
    return !isPlain || !paths.some((other) => other.startsWith(`${path}/`));
  });
}
