/**
 * The line of an ignore file that leaves out exactly this path, and what is below it; null for a name that no line can
 * say, because what stands around it is trimmed.
 */
export function ignoreLine(path: string): string | null {
  if (path === '' || path.trim() !== path || /[\r\n]/.test(path)) return null;
  const literal = path.replace(/[\\*?[\]]/g, '\\$&');
  return /^[#!]/.test(literal) ? `\\${literal}` : literal;
}

/** The text with a line more at its end, in a line of its own. */
export function addLine(text: string, line: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + end;
  return `${before}${line}${end}`;
}
