/**
 * The line of an ignore file that excludes exactly this path and everything below it; null for a name that cannot be
 * written, because surrounding blanks are trimmed.
 */
export function ignoreLine(path: string): string | null {
  if (path === '' || path.trim() !== path || /[\r\n]/.test(path)) return null;
  const literal = path.replace(/[\\*?[\]]/g, '\\$&');
  return /^[#!]/.test(literal) ? `\\${literal}` : literal;
}

/** The text with the line appended. */
export function addLine(text: string, line: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + end;
  return `${before}${line}${end}`;
}
