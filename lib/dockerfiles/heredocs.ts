import type { PhysicalLine } from './logical-lines';
import { expandWord } from './shell-words';

export interface Heredoc {
  name: string;
  content: string;
  /** Variables are expanded: the delimiter is not quoted. */
  expands: boolean;
}

interface Announced extends Omit<Heredoc, 'content'> {
  /** `<<-`: leading tabs are removed. */
  chomp: boolean;
}

/** Quoted parts, escaped characters, `<<` followed by blanks, blanks, and everything else. */
const token = /'[^']*'|"(?:\\.|[^"\\])*"|\\.?|<<[\t\r ]*|\s+|[^'"\\<\s]+|[<'"]/gs;

/** Words with their quotes and escapes. */
function quotedWords(line: string): string[] {
  const words = [''];
  for (const [part] of line.matchAll(token))
    if (part.trim() === '') words.push('');
    else words[words.length - 1] += part;
  return words;
}

/**
 * The here-documents that follow a line, in order (heredocsFromLine in BuildKit's parser). BuildKit finds none if the
 * line has an unclosed quote.
 */
export function announcedHeredocs(line: string): Announced[] {
  const plain = (text: string) => expandWord(text, undefined, { keepUnset: true }).text;
  if (!line.includes('<<') || plain(line) === null) return [];
  return quotedWords(line).flatMap((word) => {
    const [, dash, rest = ''] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
    const name = plain(rest);
    return name ? [{ name, chomp: dash === '-', expands: !/["']/.test(rest) }] : [];
  });
}

/** The content of a here-document and the first line after it; it also ends at the end of the file. */
export function readHeredoc(
  lines: readonly PhysicalLine[],
  first: number,
  { name, chomp, expands }: Announced,
): { heredoc: Heredoc; next: number } {
  const content: string[] = [];
  const chomped = (text: string) => (chomp ? text.replace(/^\t+/, '') : text);
  let next = first;
  for (; next < lines.length; next++) {
    const text = chomped(lines[next]!.text);
    if (text === name) {
      next += 1;
      break;
    }
    content.push(`${text}\n`);
  }
  return { heredoc: { name, expands, content: content.join('') }, next };
}
