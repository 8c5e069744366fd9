import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { callEngine } from '@/bin/docker-api.js';
import { newDirectory } from '@/e2e/setup/environment';
import { makeProject } from '@/e2e/setup/steps-projects';
import { expect, test, timeBuild } from './setup/bench';
import { formatMs, formatTimes, median } from './setup/figures';
import { note } from './setup/measure';

interface Subject {
  name: string;
  files: () => Generator<[string, string | Buffer]>;
  runs: number;
}

function* small(): Generator<[string, string | Buffer]> {
  yield [
    'Dockerfile',
    'FROM busybox\nCOPY . /www/\nRUN ls /www > /www/list\nCMD ["httpd", "-f", "-h", "/www"]\n',
  ];
  for (let page = 1; page <= 20; page += 1) yield [`page-${page}.html`, `<p>Page ${page}</p>\n`.repeat(50)];
}

function* many(): Generator<[string, string | Buffer]> {
  yield ['Dockerfile', 'FROM busybox\nCOPY . /files/\n'];
  for (let index = 0; index < 20_000; index += 1)
    yield [`part-${Math.floor(index / 100)}/file-${index}`, randomBytes(10_000)];
}

const subjects: Subject[] = [
  { name: 'small project', files: small, runs: 5 },
  { name: '20,000 files of 10 KB', files: many, runs: 3 },
];

/** Debian's docker command, which includes BuildKit; another version may need a plug-in. */
const docker = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';

const tags = { app: 'bench-app:latest', cli: 'bench-cli:latest' };

/** `docker build` with BuildKit, run in the directory; returns ms. */
function timeCli(address: string, config: string, directory: string): Promise<number> {
  const begun = performance.now();
  // Without the user's settings, logins and plug-ins.
  const own = { DOCKER_HOST: address, DOCKER_BUILDKIT: '1', DOCKER_CONFIG: config };
  const env = { ...process.env, ...own };
  return new Promise((resolve, reject) => {
    const child = spawn(docker, ['build', '--progress=plain', '-t', tags.cli, '.'], {
      cwd: directory,
      env,
      stdio: 'ignore',
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(performance.now() - begun) : reject(new Error(`docker build ended with ${code}`)),
    );
  });
}

/** Removes images and cache of earlier builds, and changes every file. */
async function forget(address: string, directory: string): Promise<void> {
  for (const tag of Object.values(tags))
    await callEngine(address, `/images/${tag}?force=1`, { method: 'DELETE' });
  const pruned = await callEngine(address, '/build/prune?all=1', { method: 'POST', timeoutMs: 120_000 });
  expect(pruned.status, pruned.text).toBe(200);
  const now = new Date();
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }))
    utimesSync(path.join(directory, file), now, now);
}

for (const { name, files, runs } of subjects) {
  test(`builds: ${name}`, async ({ app, engine, adminCookie }) => {
    test.setTimeout(8 * 60_000);
    const options = { tags: [tags.app] };
    const { id, directory } = await makeProject(app, adminCookie, `Bench ${runs}`, {}, options);
    for (const [file, content] of files()) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), content);
    }
    const config = newDirectory('docker-config');
    const [someFile = ''] = [...files()].at(-1) ?? [];
    const sides = {
      app: () => timeBuild(app, adminCookie, id),
      cli: () => timeCli(engine.address, config, directory),
    };

    /** Alternating, so that neither is always first. */
    const compare = async (case_: string, limit: number, prepare: () => unknown) => {
      const times = { app: [] as number[], cli: [] as number[] };
      for (let run = 0; run < runs; run += 1)
        for (const side of run % 2 === 0 ? (['app', 'cli'] as const) : (['cli', 'app'] as const)) {
          await prepare();
          times[side].push(await sides[side]());
        }
      const [ours, theirs] = [median(times.app), median(times.cli)];
      note({
        what: `build, ${name}, ${case_}, against \`docker build\``,
        target: `≤ ${limit.toFixed(1)} ×`,
        measured: `${formatTimes(ours / theirs)} (${formatMs(ours)} against ${formatMs(theirs)})`,
        met: ours / theirs <= limit,
      });
    };

    await compare('first', 1.1, () => forget(engine.address, directory));
    for (const side of ['app', 'cli'] as const) await sides[side]();
    await compare('nothing changed', 1, () => undefined);
    await compare('one file changed', 1, () =>
      writeFileSync(path.join(directory, someFile), randomBytes(5000).toString('hex')),
    );
  });
}
