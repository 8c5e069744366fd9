/**
 * Shortens in the middle, with the longer part at the end: `registry-host:5000/my…/mysite:1.2`. `max` in characters.
 */
export function shortenMiddle(text: string, max: number): string {
  const characters = Array.from(text);
  if (characters.length <= max) return text;
  const head = Math.max(1, Math.floor((max - 1) * 0.45));
  const tail = Math.max(1, max - 1 - head);
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}

/** The first twelve hexadecimal digits, as the engine shows ids: without `sha256:`. */
export function shortDigest(digest: string): string {
  const hex = digest.slice(digest.indexOf(':') + 1);
  return /^[0-9a-f]{13,}$/.test(hex) ? hex.slice(0, 12) : hex;
}

/** `1 layer`, `1,204 layers`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
