import type { Pattern } from './patterns';

/** The result of the rules for a path; also needed for the paths below it. */
export interface Verdict {
  matched: boolean;
  /** Matches by pattern. */
  byPattern: readonly boolean[];
}

/** The rules, evaluated from the context's root downwards. */
export interface Rules {
  isEmpty: boolean;
  /** Result for the root directory. */
  top: Verdict;
  /** Result for a path, given the result for its parent directory. */
  judge: (path: string, above: Verdict) => Verdict;
  /** Whether a path below a directory can have another result than the directory. */
  mayChangeBelow: (directory: string, verdict: Verdict) => boolean;
}

/**
 * The last pattern that matches a path, or a directory above it, decides. A pattern that cannot change the result is
 * not evaluated, so it does not count as matched for the paths below, either: this is Docker's behaviour
 * (patternmatcher's MatchesUsingParentResults), and it affects what is sent.
 */
export function rulesOf(patterns: readonly Pattern[]): Rules {
  const negated = patterns.filter((pattern) => pattern.negated);
  const plain = patterns.filter((pattern) => !pattern.negated);
  return {
    isEmpty: patterns.length === 0,
    top: { matched: false, byPattern: patterns.map(() => false) },
    judge(path, above) {
      let matched = false;
      let byPattern: boolean[] | null = null; // most paths have the result of their directory
      for (let index = 0; index < patterns.length; index++) {
        const { negated, matches } = patterns[index]!;
        const before = above.byPattern[index]!;
        if (!before && (negated !== matched || !matches(path))) continue;
        matched = !negated;
        if (before) continue;
        byPattern ??= [...above.byPattern];
        byPattern[index] = true;
      }
      return byPattern ? { matched, byPattern } : above;
    },
    mayChangeBelow: (directory, { matched }) =>
      (matched ? negated : plain).some((pattern) => pattern.mayMatchBelow(directory)),
  };
}

export const noRules = rulesOf([]);

/** The result of the rules for a single path. */
export function judgePath(rules: Rules, path: string): Verdict {
  let verdict = rules.top;
  for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1))
    verdict = rules.judge(path.slice(0, end), verdict);
  return rules.judge(path, verdict);
}
