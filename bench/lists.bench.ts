import { startEngine } from '@/bin/engine.js';
import { importBaseImage } from '@/bin/base-image.js';
import type { App } from '@/e2e/setup/app';
import { newDirectory } from '@/e2e/setup/environment';
import { openViewer } from '@/e2e/setup/faults-viewers';
import { ask } from '@/e2e/setup/pages/raw-request';
import { makeProject, startBuild } from '@/e2e/setup/steps-projects';
import { cookieFor, expect, test, untilIdle, workDone } from './setup/bench';
import { copyBuilds, loadImages } from './setup/crowd';
import { formatMs, formatTimes, quantile } from './setup/figures';
import { note } from './setup/measure';

/** Of fewer, a single garbage collection decides the 95th percentile. */
const requests = 200;
const warmUps = 20;

interface Timed {
  /** Limit for the 95th percentile of complete responses. */
  p95Ms: number;
  /** CPU time of the server per response: it does not depend on other work on the machine. */
  cpuMs: number;
}

async function timePage(app: App, cookie: string, target: string): Promise<Timed> {
  const times: number[] = [];
  let cpuBefore = 0;
  for (let request = 0; request < warmUps + requests; request += 1) {
    if (request === warmUps) cpuBefore = workDone(app);
    const begun = performance.now();
    const { status } = await ask(app, target, { headers: { cookie } });
    expect(status, target).toBe(200);
    if (request >= warmUps) times.push(performance.now() - begun);
  }
  return { p95Ms: quantile(times, 0.95), cpuMs: (workDone(app) - cpuBefore) / requests };
}

test('each list with 10,000 builds and 1,000 images', async ({ startApp, page }) => {
  test.setTimeout(10 * 60_000);
  // A separate engine: a thousand images would affect later measurements.
  const engine = await startEngine({ directory: newDirectory('engine') });
  try {
    await importBaseImage(engine.address);
    const app = await startApp({ engine: engine.address });
    const cookie = await cookieFor(app, page);
    await page.goto('about:blank');
    const builds: string[] = [];
    const projects: string[] = [];
    for (let index = 1; index <= 10; index += 1) {
      const files = { Dockerfile: `FROM busybox\nRUN echo ${index} > /number\nCMD ["sh"]\n` };
      const options = { tags: [`listed-${index}`] };
      const { id } = await makeProject(app, cookie, `Listed ${index}`, files, options);
      projects.push(id);
      const build = await startBuild(app, cookie, id);
      await (
        await openViewer({ app, cookie }, build)
      ).ended;
      builds.push(build);
    }
    const lists = {
      overview: '/',
      projects: '/projects',
      'builds of a project': `/projects/${projects[0]}/builds`,
      builds: '/builds',
      'builds that failed': '/builds?status=failed',
      'builds by a name that none has': '/builds?q=nothing-has-this',
      images: '/images',
      'images by name': '/images?q=image-42:',
      pushes: '/pushes',
      'what the palette finds': '/api/find?q=listed',
    };

    const measure = async (wantedBuilds: number, images: [number, number]) => {
      await app.stop();
      copyBuilds(app, builds, wantedBuilds);
      await loadImages(engine.address, ...images);
      await app.start();
      await ask(app, '/images', { headers: { cookie } });
      await untilIdle(app);
      const times = new Map<string, Timed>();
      for (const [name, target] of Object.entries(lists))
        times.set(name, await timePage(app, cookie, target));
      return times;
    };
    const few = await measure(100, [0, 100]);
    const crowd = await measure(10_000, [100, 1000]);
    for (const [name, { p95Ms, cpuMs }] of crowd) {
      const ratio = p95Ms / few.get(name)!.p95Ms;
      note({
        what: `list, ${name}: 10,000 builds and 1,000 images, against 100 and 100`,
        target: 'p95 ≤ 50 ms, ≤ 1.5 ×',
        measured: `p95 ${formatMs(p95Ms)}, ${formatTimes(ratio)} (the server works ${formatMs(cpuMs)})`,
        met: p95Ms <= 50 && ratio <= 1.5,
      });
    }
    await app.stop();
  } finally {
    await engine.stop();
  }
});
