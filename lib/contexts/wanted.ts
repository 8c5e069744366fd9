import { cleanPath, compilePattern, type Pattern } from './patterns';
import { type Rules, rulesOf } from './rules';

/** A pattern in BuildKit's request for files; null for an invalid one, which the engine refuses itself. */
export function wantedPattern(pattern: string): Pattern | null {
  try {
    return compilePattern(cleanPath(pattern).replace(/^\//, ''));
  } catch {
    return null;
  }
}

/** The requested files; undefined for all. */
export function wantedRules(patterns: readonly string[]): Rules | undefined {
  const compiled = patterns.map(wantedPattern).filter((pattern) => pattern !== null);
  const isAll = compiled.length < patterns.length || compiled.some(({ text }) => text === '.' || text === '');
  return isAll || compiled.length === 0 ? undefined : rulesOf(compiled);
}
