import { openViewer } from '@/e2e/setup/faults-viewers';
import { makeProject, startBuild } from '@/e2e/setup/steps-projects';
import { cookieFor, residentSize, test, watchMemory } from './setup/bench';
import { formatMiB } from './setup/figures';
import { follow } from './setup/followers';
import { note } from './setup/measure';

const builds = 8;
const viewers = 50;
const MB = 1_000_000;

/** A build of 30 seconds with 100 lines of output per second. */
const dockerfile = (name: number) => `FROM busybox
RUN i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "line $i of build ${name}: cc -O2 -c part-$i.c -o part-$i.o"; usleep 10000; done
`;

test('memory of the server', async ({ startApp, page }) => {
  test.setTimeout(4 * 60_000);
  const app = await startApp({ env: { LAYERWRIGHT_BUILDS: String(builds) } });
  const cookie = await cookieFor(app, page);
  for (const target of [
    '/',
    '/projects',
    '/builds',
    '/images',
    '/registries',
    '/engine',
    '/settings/account',
  ])
    await page.goto(app.url + target);
  const idle = residentSize(app);
  note({
    what: 'memory of the server, idle, after a visit to each list',
    target: '≤ 250 MB',
    measured: `${(idle / MB).toFixed(0)} MB`,
    met: idle <= 250 * MB,
  });

  const memory = watchMemory(app);
  const running: string[] = [];
  for (let name = 1; name <= builds; name += 1) {
    const { id } = await makeProject(app, cookie, `Talks ${name}`, { Dockerfile: dockerfile(name) });
    running.push(await startBuild(app, cookie, id));
  }
  await page.goto(`${app.url}/builds/${running[0]}`);
  const others = Array.from({ length: viewers - 1 }, (_, index) => running[index % builds]!);
  const leave = await Promise.all(others.map((build) => follow({ app, cookie }, build)));
  for (const build of running) await (await openViewer({ app, cookie }, build)).ended;
  const most = memory.stop();
  for (const go of leave) go();
  note({
    what: `memory of the server while ${builds} builds run and ${viewers} view (one in Chromium, the others read the stream)`,
    target: '≤ 512 MB',
    measured: `${(most / MB).toFixed(0)} MB at the most (${formatMiB(most)})`,
    met: most <= 512 * MB,
  });
});
