import { afterAll, expect, test } from 'vitest';
import { makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';
import { parsePatterns } from './ignore';
import { rulesOf } from './rules';
import recorded from './testing/dockerignore-cases.json';
import { walkContext } from './walk';

const { tree, cases } = recorded as {
  /** Paths and contents, as for makeDirectory; a list, because `__proto__` would be lost as a key. */
  tree: [path: string, content: string | null][];
  /** `leftOut`: the topmost excluded paths; null if Docker refuses the file. */
  cases: { ignore: string; leftOut: string[] | null }[];
};
const root = makeDirectory(Object.fromEntries(tree));
afterAll(removeDirectories);

async function listed(text: string): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const entries of walkContext(root, { ignore: rulesOf(parsePatterns(text)) }))
    for (const entry of entries) found.add(entry.path);
  return found;
}

const isBelow = (path: string, folders: ReadonlySet<string>) =>
  path.split('/').some((_part, index, parts) => index > 0 && folders.has(parts.slice(0, index).join('/')));

// Recorded from fsutil's walk with moby/patternmatcher, which the docker command uses with BuildKit.
test.each(cases)('$ignore excludes what Docker excludes', async ({ ignore, leftOut }) => {
  if (leftOut === null) {
    await expect(listed(ignore)).rejects.toThrow();
    return;
  }
  const all = await listed('');
  const sent = await listed(ignore);
  const missing = new Set([...all].filter((path) => !sent.has(path)));
  expect([...missing].filter((path) => !isBelow(path, missing)).toSorted()).toEqual(leftOut.toSorted());
});
