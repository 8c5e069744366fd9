import { cleanPath, compilePattern, type Pattern } from './patterns';
import { type Rules, rulesOf } from './rules';

/** A pattern as BuildKit sends it for what it wants of a context; null for a malformed one: the engine refuses it itself. */
export function wantedPattern(pattern: string): Pattern | null {
  try {
    return compilePattern(cleanPath(pattern).replace(/^\//, ''));
  } catch {
    return null;
  }
}

/** What is wanted; undefined for everything. */
export function wantedRules(patterns: readonly string[]): Rules | undefined {
  const compiled = patterns.map(wantedPattern).filter((pattern) => pattern !== null);
  const isAll = compiled.length < patterns.length || compiled.some(({ text }) => text === '.' || text === '');
  return isAll || compiled.length === 0 ? undefined : rulesOf(compiled);
}
