import { diffArrays } from 'diff';

interface Pair<T> {
  before: T | null;
  after: T | null;
}

/**
 * Two lists side by side: what has the same key stands in one row; of what is between, those that are alike do, in
 * their order.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
  alike: (one: T, other: T) => boolean,
): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let [oldAt, youngAt] = [0, 0];
  let [gone, come]: [T[], T[]] = [[], []];
  const settle = () => {
    for (const old of gone) {
      const at = come.findIndex((young) => alike(old, young));
      // What stands before its partner was put in before it.
      for (const young of at < 0 ? [] : come.splice(0, at)) pairs.push({ before: null, after: young });
      pairs.push({ before: old, after: at < 0 ? null : come.shift()! });
    }
    for (const young of come) pairs.push({ before: null, after: young });
    [gone, come] = [[], []];
  };
  for (const { added, removed, value } of diffArrays(before.map(key), after.map(key))) {
    if (added) come.push(...after.slice(youngAt, (youngAt += value.length)));
    else if (removed) gone.push(...before.slice(oldAt, (oldAt += value.length)));
    else {
      settle();
      for (const _same of value) pairs.push({ before: before[oldAt++]!, after: after[youngAt++]! });
    }
  }
  settle();
  return pairs;
}
