import type { InputQueue } from './input-queue';
import type { Screen } from './screen';

/** Queues input unless there is an obstacle. Automatic answers of the terminal do not count as input. */
export function connectKeyboard(
  { terminal }: Screen,
  queue: InputQueue,
  options: {
    /** Why input is refused now; '' refuses it silently. */
    obstacle: () => string | null;
    /** This page has the keyboard, and its terminal answers the program. */
    mayAnswer: () => boolean;
    onRefused: (message: string, text: string) => void;
  },
): void {
  terminal.onData((text) => {
    // Mouse and focus reports do not take over the keyboard.
    // eslint-disable-next-line no-control-regex -- terminal control sequences
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
