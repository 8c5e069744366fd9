import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, screenOf, startBench, type } from '@/e2e/setup/terminal';
import { cookieFor, expect, test } from './setup/bench';
import { formatMs, quantile } from './setup/figures';
import { keystrokesSeen, watchKeystrokes } from './setup/keystrokes';
import { note } from './setup/measure';

const lines = 12;
/** A command without effect, so that its text can be arbitrary. */
const line = ': the quick brown fox jumps over the dog';

test('the echo of a terminal', async ({ startApp, page }) => {
  test.setTimeout(2 * 60_000);
  const app = await startApp();
  await cookieFor(app, page);
  await startBench(page, app);
  await type(page, 'true\n');
  await expect(commandOf(page, 'true')).toBeVisible();
  await watchKeystrokes(page);
  for (let number = 0; number < lines; number += 1) {
    for (const [at, letter] of Array.from(line).entries()) {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await sleep(45 + ((at * 37) % 60)); // not in phase with the frames
    }
    await page.keyboard.press('Enter');
    await sleep(500);
  }
  await expect.poll(async () => (await keystrokesSeen(page)).length).toBe(lines * line.length);
  await expect(screenOf(page)).not.toContainText('not found');
  const took = await keystrokesSeen(page);
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  note({
    what: 'a key to its painted echo, in the shell of a workbench',
    target: 'p99 ≤ 50 ms',
    measured: `p50 ${formatMs(p50)}, p99 ${formatMs(p99)} (${took.length} keys)`,
    met: p99 <= 50,
  });
});
