import { format } from 'dockerfile-utils';
import { applyFix, type Edit } from './finding';
import { parseDockerfile } from './parse';
import { openPlaces } from './places';

const indent = { tabSize: 4, insertSpaces: true };

/** Instructions at the margin, their further lines set in; what is set in already keeps its own shape. */
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

/** The text in good order; what it means stays the same, and here-documents stay as they are. */
export function formatDockerfile(text: string): string {
  try {
    const cased = applyFix(text, { label: '', edits: casingEdits(text) });
    const indented = applyFix(cased, { label: '', edits: indentEdits(cased) });
    return indented.trim() === '' ? indented : `${indented.replace(/\s+$/, '')}\n`;
  } catch {
    return text; // the parser stumbled: better nothing than something wrong
  }
}
