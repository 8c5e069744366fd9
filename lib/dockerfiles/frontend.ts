const byteOrderMark = /^\uFEFF/;
const interpreterLine = /^#![^\n]*(\n|$)/;

/** Go's unicode.IsSpace. JavaScript's blanks have one more (U+FEFF), and lack U+0085. */
const blanks = '[\\s\\u0085]*';
const directive = new RegExp(`^${blanks}([a-zA-Z][a-zA-Z0-9]*)${blanks}=${blanks}(.+)$`, 's');
const leading = new RegExp(`^${blanks}`);

/** All `syntax` directives among the comments with which a text begins. */
function directivesIn(text: string, comment: string): string[] {
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const own = line.replace(leading, '');
    if (!own.startsWith(comment)) break;
    const [, name, value] = directive.exec(own.slice(comment.length)) ?? [];
    if (name === undefined || value === undefined) break;
    if (name.toLowerCase() === 'syntax') found.push(value);
  }
  return found;
}

function membersIn(text: string): string[] {
  try {
    const { syntax } = JSON.parse(text) as { syntax?: unknown };
    return typeof syntax === 'string' ? [syntax] : [];
  } catch {
    return [];
  }
}

/**
 * The images that a BuildKit may run in place of its own frontend, by the `syntax` lines in any of their forms: `#`, since
 * 0.11 `//` and a member of a JSON object, too (parser.DetectSyntax). Of several lines the first one counts, before 0.9 the
 * last one; both are named here, and what only some versions read as a directive.
 */
export function writtenFrontends(text: string): string[] {
  const body = text.replace(byteOrderMark, '').replace(interpreterLine, '');
  const written = [...directivesIn(body, '#'), ...directivesIn(body, '//'), ...membersIn(body)];
  // The first word is the image; the rest are options of the frontend.
  return [...new Set(written.flatMap((value) => /[^\s\u0085]+/.exec(value)?.[0] ?? []))];
}
