import { makeProject, startBuild } from '@/e2e/setup/steps-projects';
import { holdAt, onHost, openBuild } from '@/e2e/setup/steps-builds';
import { cookieFor, expect, test } from './setup/bench';
import { formatMs, quantile } from './setup/figures';
import { follow } from './setup/followers';
import { note } from './setup/measure';
import { listenToEngine, paintedTicks, watchTicks } from './setup/ticks';

const lines = 300;

for (const viewers of [1, 50]) {
  const of = viewers === 1 ? '1 viewer' : `${viewers} viewers`;
  test(`latency with ${of}`, async ({ engine, startApp, page, gates }) => {
    test.setTimeout(2 * 60_000);
    const listener = await listenToEngine(engine.address);
    const app = await startApp({ engine: listener.address });
    const cookie = await cookieFor(app, page);
    const loop = `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); echo tick-$i; usleep 50000; done; ${holdAt(gates.url('seen'))}`;
    const dockerfile = `FROM busybox\nRUN : ${Date.now()}; ${holdAt(gates.url('ticks'))}; ${loop}\n`;
    const { id } = await makeProject(app, cookie, 'Ticks', { Dockerfile: dockerfile }, onHost);
    const build = await startBuild(app, cookie, id);
    await gates.reached('ticks');
    await openBuild(page, app, build);
    await watchTicks(page);
    const leave = await Promise.all(
      Array.from({ length: viewers - 1 }, () => follow({ app, cookie }, build)),
    );
    gates.open('ticks');
    await expect(page.getByText(`tick-${lines}`, { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect.poll(async () => (await paintedTicks(page)).has(lines)).toBe(true);
    for (const go of leave) go();
    gates.open('seen'); // the log of a finished step is closed
    const painted = await paintedTicks(page);
    const took = [...listener.ticks].flatMap(([tick, at]) => {
      const seen = painted.get(tick);
      return seen === undefined ? [] : [seen - at];
    });
    await listener.close();
    // A line that scrolled past between two frames was not painted.
    expect(took.length).toBeGreaterThan(lines * 0.95);
    const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
    note({
      what: `engine’s socket to painted line, ${of}${viewers > 1 ? ' (one in Chromium, the others read the stream)' : ''}`,
      target: 'p50 ≤ 50 ms, p99 ≤ 150 ms',
      measured: `p50 ${formatMs(p50)}, p99 ${formatMs(p99)} (${took.length} lines)`,
      met: p50 <= 50 && p99 <= 150,
    });
  });
}
