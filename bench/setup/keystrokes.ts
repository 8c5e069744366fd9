import type { Page } from '@playwright/test';

interface Seen {
  /** ms from the key press to a task after the frame that shows the letter. */
  took: number[];
}

/** Measures in the page how long each typed letter takes to be painted after the prompt of the terminal. */
export const watchKeystrokes = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: Seen = { took: [] };
    (window as unknown as { seen: Seen }).seen = seen;
    let line = '';
    let begun: number[] = [];
    let shown = 0;
    window.addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key === 'Enter') {
          line = '';
          begun = [];
          shown = 0;
        } else if (key.length === 1) {
          line += key;
          begun.push(timeStamp);
        }
      },
      { capture: true },
    );
    const rows = document.querySelector('[aria-label="Terminal"] .xterm-rows')!;
    const look = () => {
      const text = (rows.textContent ?? '').replaceAll('\u00a0', ' ');
      const fresh: number[] = [];
      while (shown < line.length && text.includes(`# ${line.slice(0, shown + 1)}`))
        fresh.push(begun[shown++]!);
      if (fresh.length === 0) return;
      // The terminal draws in a frame: the next task comes after that frame.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        const now = performance.now();
        for (const from of fresh) seen.took.push(now - from);
        port1.close();
      });
      port1.start();
      port2.postMessage(null);
    };
    new MutationObserver(look).observe(rows, { childList: true, subtree: true, characterData: true });
  });

export const keystrokesSeen = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { seen: Seen }).seen.took);
