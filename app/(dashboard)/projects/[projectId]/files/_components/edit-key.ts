import type { KeyboardEvent } from 'react';

/** What Tab writes: as the line's neighbours do; two blanks where nothing tells. */
function indentOf(text: string): string {
  return /^\t/m.test(text) ? '\t' : '  ';
}

/** Puts a text at the cursor so that the browser's undo knows of it. */
function insert(text: string) {
  // Deprecated, and still the only way that keeps the undo history of a text area.
  document.execCommand('insertText', false, text);
}

/** Tab indents; Enter begins the new line where the old one began. */
export function editKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  if (event.key === 'Tab' && !event.shiftKey && selectionStart === selectionEnd) {
    event.preventDefault();
    insert(indentOf(value));
  } else if (event.key === 'Enter' && !event.shiftKey) {
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const indent = /^[ \t]*/.exec(line)![0];
    if (!indent) return;
    event.preventDefault();
    insert(`\n${indent}`);
  }
}
