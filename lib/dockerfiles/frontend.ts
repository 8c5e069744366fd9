const byteOrderMark = /^\uFEFF/;
const interpreterLine = /^#!.*(\n|$)/;

/** A `syntax` directive among the comments with which a text begins; the first one counts. */
function directiveIn(text: string, comment: string): string | null {
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (!trimmed.startsWith(comment)) return null;
    const [, name = '', value = ''] =
      /^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+)$/.exec(trimmed.slice(comment.length).trim()) ?? [];
    if (name === '') return null;
    if (name.toLowerCase() === 'syntax') return value;
  }
  return null;
}

function memberIn(text: string): string | null {
  try {
    const { syntax } = JSON.parse(text) as { syntax?: unknown };
    return typeof syntax === 'string' ? syntax : null;
  } catch {
    return null;
  }
}

/**
 * The image that BuildKit runs in place of its own frontend, by a `syntax` line in any of its forms: `#`, since 0.11 `//` and
 * a member of a JSON object, too (parser.DetectSyntax). Null for its own frontend.
 */
export function writtenFrontend(text: string): string | null {
  const body = text.replace(byteOrderMark, '').replace(interpreterLine, '').replaceAll('\r\n', '\n');
  const written = directiveIn(body, '#') ?? directiveIn(body, '//') ?? memberIn(body);
  // The first word is the image; the rest are options of the frontend.
  return written?.trim().split(/\s+/)[0] || null;
}
