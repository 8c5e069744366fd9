import type { InputQueue } from './input-queue';
import type { Screen } from './screen';

/** Sends what is typed, unless there is an obstacle; what a terminal answers by itself is not typed. */
export function connectKeyboard(
  { terminal }: Screen,
  queue: InputQueue,
  options: {
    /** Why nothing can be typed now: '' needs no words. */
    obstacle: () => string | null;
    /** This page has the keyboard, and its terminal answers the program. */
    mayAnswer: () => boolean;
    onRefused: (message: string, text: string) => void;
  },
): void {
  terminal.onData((text) => {
    // A report of the mouse or of the focus is not typed: it takes no keyboard.
    // eslint-disable-next-line no-control-regex -- terminals speak in them
    const report = /^\u001b\[(?:[IO]$|<|M)/.test(text);
    if (report && !options.mayAnswer()) return;
    const obstacle = options.obstacle();
    if (obstacle === null) queue.push({ type: 'text', text });
    else if (obstacle && !report) options.onRefused(obstacle, text);
  });
  terminal.onBinary((text) => {
    if (options.obstacle() === null && options.mayAnswer()) queue.push({ type: 'text', text, binary: true });
  });
}
