import type { Text } from '@codemirror/state';

/** A place as the language packages count: lines and characters from 0. */
export function placeOf(doc: Text, offset: number): { line: number; character: number } {
  const line = doc.lineAt(offset);
  return { line: line.number - 1, character: offset - line.from };
}
