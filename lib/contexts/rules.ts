import type { Pattern } from './patterns';

/** What rules say of one path. Needed again for what is below it. */
export interface Verdict {
  matched: boolean;
  /** By pattern. */
  byPattern: readonly boolean[];
}

/** Patterns as one question, asked from the top of a context downwards. */
export interface Rules {
  isEmpty: boolean;
  /** Of the top directory. */
  top: Verdict;
  /** Of a path, given what was said of the directory that it is in. */
  judge: (path: string, above: Verdict) => Verdict;
  /** Whether something below a directory may be judged otherwise than the directory itself. */
  mayChangeBelow: (directory: string, verdict: Verdict) => boolean;
}

/**
 * The last pattern that matches a path, or a directory above it, decides. A pattern that could change nothing is not
 * asked, and so not known to match for what is below either: Docker does it so (patternmatcher's
 * MatchesUsingParentResults), and it can be seen in what is sent.
 */
export function rulesOf(patterns: readonly Pattern[]): Rules {
  const negated = patterns.filter((pattern) => pattern.negated);
  const plain = patterns.filter((pattern) => !pattern.negated);
  return {
    isEmpty: patterns.length === 0,
    top: { matched: false, byPattern: patterns.map(() => false) },
    judge(path, above) {
      let matched = false;
      let byPattern: boolean[] | null = null; // most paths are judged as the directory above
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

/** What the rules say of one path by itself. */
export function judgePath(rules: Rules, path: string): Verdict {
  let verdict = rules.top;
  for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1))
    verdict = rules.judge(path.slice(0, end), verdict);
  return rules.judge(path, verdict);
}
