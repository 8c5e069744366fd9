import { format } from 'dockerfile-utils';
import { applyFix, type Edit } from './finding';
import { parseDockerfile } from './parse';
import { openPlaces } from './places';

const indent = { tabSize: 4, insertSpaces: true };

/** Instructions start at the margin and their continuation lines are indented; existing indentation is kept. */
function indentEdits(text: string): Edit[] {
  const { span } = openPlaces(text);
  return format(text, indent)
    .map(({ range, newText }) => ({ ...span(range), text: newText }))
    .filter((edit) => edit.text === '' || edit.from === edit.to);
}

const casingEdits = (text: string): Edit[] =>
  parseDockerfile(text)
    .instructions.map(({ keyword, keywordSpan }) => ({ ...keywordSpan, text: keyword }))
    .filter(({ from, to, text: put }) => text.slice(from, to) !== put);

/** The formatted text with the same meaning; here-documents are unchanged. */
export function formatDockerfile(text: string): string {
  try {
    const cased = applyFix(text, { label: '', edits: casingEdits(text) });
    const indented = applyFix(cased, { label: '', edits: indentEdits(cased) });
    return indented.trim() === '' ? indented : `${indented.replace(/\s+$/, '')}\n`;
  } catch {
    return text; // the parser failed: keep the text
  }
}
