/** Patterns as BuildKit sends them: Go's path.Match by segment; `**` and parents are taken generously, more files do no harm. */

const special = /[.+^${}()|\\/]/g;

/** `*`, `?`, `[a-z]`, `[^a]` and `\x` of one segment. */
export function segmentPattern(segment: string): RegExp {
  let source = '';
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at]!;
    const end = char === '[' ? segment.indexOf(']', at + 2) : -1;
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\' && at + 1 < segment.length) source += segment[++at]!.replace(/[^\w]/g, '\\$&');
    else if (end > 0) {
      const body = segment.slice(at + 1, end).replace(/[\\[\]]/g, '\\$&');
      source += `[${body.startsWith('!') ? `\\${body}` : body}]`;
      at = end;
    } else source += char.replace(special, '\\$&').replace('[', '\\[').replace(']', '\\]');
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    return /^/; // A malformed class: wanted rather than lost; the engine refuses the pattern itself.
  }
}

export const isWildcard = (segment: string): boolean => /[*?[\\]/.test(segment);

export const segmentsOf = (path: string): string[] => path.split('/').filter((part) => part && part !== '.');

/** Whether a path is one of the wanted ones, below one, or a parent of one; undefined when everything is wanted. */
export function pathMatcher(patterns: readonly string[]): ((path: string) => boolean) | undefined {
  const all = patterns.map(segmentsOf);
  if (all.length === 0 || all.some((segments) => segments.length === 0)) return undefined;
  const compiled = all.map((segments) => {
    const deep = segments.indexOf('**');
    return (deep < 0 ? segments : segments.slice(0, deep)).map(segmentPattern);
  });
  return (path) => {
    const parts = path.split('/');
    return compiled.some((segments) =>
      segments.slice(0, parts.length).every((segment, index) => segment.test(parts[index]!)),
    );
  };
}
