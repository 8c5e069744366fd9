/** East Asian wide and full width, and emoji: as xterm.js draws them. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;

const combining = /^(?:\p{Mn}|\p{Me}|\u200b|\u200c|\u200d|\ufe0f)/u;

/** Columns of a terminal: 0 for combining characters, otherwise 1 or 2. */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (character.codePointAt(0)! < 0x300) return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
