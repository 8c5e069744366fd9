import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { cancelOperation } from '@/lib/operations/cancel';
import { loadState } from '@/lib/operations/load-state';
import { follow } from '@/lib/operations/follow';
import { readLines } from '@/lib/operations/log';
import { setLimit } from '@/lib/operations/runner';
import { getOperation } from '@/lib/operations/store';
import { createFromTemplate } from '@/lib/projects/create';
import { projectDirectory } from '@/lib/projects/files';
import { replaceFiles } from '@/lib/projects/place-files';
import { defaultOptions } from '@/lib/projects/options/schema';
import { getProject } from '@/lib/projects/store';
import { withStaging } from '@/lib/uploads/staging';
import { forget } from '@/lib/remember';
import { listContextFiles } from './context-files';
import { startBuild } from './start';
import { getBuild } from './store';

const engine = process.env.LAYERWRIGHT_TEST_ENGINE;
const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;
const unique = randomUUID().slice(0, 8);

/** Is any process of this machine running with this in its command line? */
const isRunning = (marker: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(marker);
      } catch {
        return false; // it ended between the two looks
      }
    });

async function project(name: string, files: Record<string, string>) {
  return createFromTemplate(
    { id: 'test', name: 'Test', description: '', files: async () => files },
    { name: `${name} ${unique}` },
  );
}

async function toEnd(id: string) {
  for await (const batch of follow(id, 0, never)) if (batch.at(-1)?.type === 'end') break;
  return getOperation(id);
}

describe.skipIf(!engine)(
  `with a real engine${engine ? '' : ' (skipped: LAYERWRIGHT_TEST_ENGINE is not set)'}`,
  async () => {
    await useTestDatabase();

    beforeAll(() => {
      process.env.LAYERWRIGHT_ENGINE = engine;
      forget('env');
      setLimit('build', 2);
    });

    test('a build keeps what it was made from and what came out; a second one is cached', async () => {
      const tag = `layerwright-test/web:${unique}`;
      const projectId = await project('web', {
        Dockerfile: `FROM busybox\nARG GREETING=none\nRUN echo "$GREETING" > /greeting && echo said\nCOPY page.html /www/\n`,
        'page.html': '<h1>Hello</h1>',
        'left-out.txt': 'no',
        '.dockerignore': 'left-out.txt',
      });
      const options = { ...defaultOptions, tags: [tag], buildArgs: [{ name: 'GREETING', value: unique }] };
      const id = await startBuild(defaultEngine(), { projectId, options }, user);
      expect(await toEnd(id)).toMatchObject({ status: 'succeeded', errorMessage: null });

      const build = await getBuild(id);
      expect(build).toMatchObject({ builder: 'buildkit', number: 1, contextCount: 3, options });
      expect(build.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(build.imageSize).toBeGreaterThan(500_000);
      expect(build.bases).toEqual([
        {
          reference: 'busybox',
          digest: expect.stringMatching(/^sha256:/) as string,
          id: expect.stringMatching(/^sha256:/) as string,
        },
      ]);
      expect((await listContextFiles(id)).map((file) => file.path)).toEqual([
        '.dockerignore',
        'Dockerfile',
        'page.html',
      ]);

      const state = await loadState(id);
      const run = state.steps.find((step) => step.kind === 'run')!;
      expect(run).toMatchObject({ line: 3, cached: false });
      expect(await readLines(id, run.id, 0, 10)).toEqual([{ stream: 'stdout', text: 'said' }]);

      writeFileSync(
        path.join(projectDirectory(await getProject(projectId)), 'page.html'),
        '<h1>Changed</h1>',
      );
      const again = await startBuild(defaultEngine(), { projectId, options }, user);
      expect(await toEnd(again)).toMatchObject({ status: 'succeeded' });
      const second = await getBuild(again);
      expect(second.contextDigest).not.toBe(build.contextDigest);
      expect((await loadState(again)).steps.find((step) => step.kind === 'run')!.cached).toBe(true);
      expect(second.cachedSteps).toBeGreaterThan(0);
      expect(second.cachedSteps).toBeLessThan(second.steps);
    });

    test('files that are replaced while a build reads them come after it, also where a step needs none', async () => {
      const files = (version: string) => ({
        Dockerfile: `FROM busybox AS early\nRUN echo ${version}\nFROM busybox\nCOPY . /files\nCOPY --from=early /bin/true /t\n`,
        ...Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`f${n}`, version])),
      });
      const projectId = await project('replaced', files('old'));
      const place = projectDirectory(await getProject(projectId));
      const id = await startBuild(defaultEngine(), { projectId }, user);
      await withStaging(async (staging) => {
        const fresh = path.join(staging, 'content');
        mkdirSync(fresh);
        for (const [file, text] of Object.entries(files('new'))) writeFileSync(path.join(fresh, file), text);
        await replaceFiles(place, fresh);
      });
      expect(await toEnd(id)).toMatchObject({ status: 'succeeded' });
      const digests = (await listContextFiles(id)).filter(({ path: file }) => file.startsWith('f'));
      expect(digests).toHaveLength(3000);
      expect(new Set(digests.map(({ digest }) => digest)).size).toBe(1);
      expect(readFileSync(path.join(place, 'f0'), 'utf8')).toBe('new');
    });

    test('a failing step fails the build, with the line and the last words', async () => {
      const projectId = await project('failing', {
        Dockerfile: 'FROM busybox\nRUN echo oh no >&2; exit 3\n',
      });
      const id = await startBuild(defaultEngine(), { projectId }, user);
      const operation = await toEnd(id);
      expect(operation).toMatchObject({ status: 'failed', errorCode: 'build_failed' });
      expect(operation.errorMessage).toBe('Line 2, RUN echo oh no >&2; exit 3: Exited with code 3.');
      const failed = (await loadState(id)).steps.find((step) => step.error)!;
      expect(failed.line).toBe(2);
      expect(await readLines(id, failed.id, 0, 1)).toEqual([{ stream: 'stderr', text: 'oh no' }]);
      expect((await getBuild(id)).imageId).toBeNull();
    });

    test('cancelling really ends the process', async () => {
      const marker = `987${Date.now() % 1_000_000}`;
      const projectId = await project('endless', {
        Dockerfile: `FROM busybox\nRUN trap "" TERM; sleep ${marker}\n`,
      });
      const id = await startBuild(defaultEngine(), { projectId }, user);
      for (let tries = 0; !isRunning(marker); tries++) {
        expect(tries).toBeLessThan(200);
        await sleep(50);
      }
      await cancelOperation(id, 'Ada');
      expect(await toEnd(id)).toMatchObject({ status: 'cancelled', errorMessage: 'Cancelled by Ada.' });
      for (let tries = 0; isRunning(marker); tries++) {
        expect(tries).toBeLessThan(100);
        await sleep(50);
      }
    });

    test('a missing Dockerfile or secret is said before anything is sent', async () => {
      const projectId = await project('empty', { 'README.md': 'nothing' });
      const id = await startBuild(defaultEngine(), { projectId }, user);
      expect((await toEnd(id)).errorMessage).toMatch(/Dockerfile is not in the build context/);
      const secret = await startBuild(
        defaultEngine(),
        { projectId, options: { ...defaultOptions, secrets: [{ id: 'token' }] } },
        user,
      );
      expect((await toEnd(secret)).status).toBe('failed');
    });
  },
);
