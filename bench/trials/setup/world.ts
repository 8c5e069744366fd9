import { type Browser, expect } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { callEngine } from '@/bin/docker-api.js';
import { packTar } from '@/bin/tar.js';
import { type App, newApp } from '@/e2e/setup/app';
import { fromEnvironment } from '@/e2e/setup/environment';
import { cookieOf } from '@/e2e/setup/pages/test';
import { buildAtEngine, createContainer, pushImage } from '@/e2e/setup/pages/seeds';
import { call } from '@/e2e/setup/pages/server-actions';
import { makeProject } from '@/e2e/setup/faults-builds';
import { type AdministratorSession, renew, setUp } from '@/e2e/setup/sign-in';
import { type GitServer, startGitServer } from '@/lib/projects/git/test-server';
import { containerOf, listRows } from './database';
import { typeLine } from './typing';

/** An app that is killed, and what its work is about. */
export interface World {
  app: App;
  cookie: string;
  engine: string;
  registry: string;
  git: GitServer;
  /** A project whose build takes a second or two, with output. */
  project: string;
  /** An image of some MB, which is in no registry. */
  image: string;
  /** A reference that only the registry has. */
  pullable: string;
  /** An archive of an image, a root file system, and the files of a project. */
  archives: { load: Buffer; import: Buffer; unpack: Buffer };
  /** A running container with changes. */
  container: string;
  workbench: string;
  /** A commit of the workbench, and a project that is compared with it after each build. */
  commit: string;
  verified: string;
  /** Gives a name that nothing else has. */
  fresh(kind: string): string;
  /** Enters the password again, if that was too long ago for dangerous acts. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

const dockerfile = `FROM busybox
ARG TURN=0
RUN for i in $(seq 1 40); do echo "line $i of a build"; sleep 0.03; done; head -c 3000000 /dev/urandom > /data
RUN echo second; sleep 0.3; echo done
`;

const files = (count: number) =>
  packTar(
    Array.from({ length: count }, (_, index) => ({
      path: index ? `files/${index}.txt` : 'Dockerfile',
      type: 'file',
      content: Buffer.from(index ? `file ${index}\n`.repeat(200) : 'FROM busybox\nCOPY files /files\n'),
    })),
  );

async function runningContainer(engine: string): Promise<string> {
  const command = 'head -c 8000000 /dev/urandom > /made; echo more >> /etc/motd; exec sleep 100000';
  const id = await createContainer(engine, 'busybox', 'trial-source', { Cmd: ['sh', '-c', command] });
  await callEngine(engine, `/containers/${id}/start`, { method: 'POST' });
  return id;
}

/** Equivalent of `docker save`. */
function saveImage(engine: string, image: string): Promise<Buffer> {
  const socketPath = engine.replace('unix://', '');
  return new Promise((resolve, reject) => {
    const request = http.get({ socketPath, path: `/images/${image}/get` }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
    });
    request.on('error', reject);
  });
}

/** Starts an operation by its action, and waits for its success. */
async function finished({ app, cookie }: { app: App; cookie: string }, action: string, input: unknown) {
  const { id } = await call<{ id: string }>(app, cookie, action, input);
  await expect
    .poll(() => listRows(app, '').find((row) => row.id === id)?.status, { timeout: 60_000 })
    .toBe('succeeded');
  return id;
}

/** Starts the app, signs in, and makes what is worked on. */
export async function openWorld(browser: Browser, env: Record<string, string> = {}): Promise<World> {
  const app = await newApp({ env: { LAYERWRIGHT_BUILDS: '2', ...env } });
  await app.start();
  const context = await browser.newContext();
  await setUp(await context.newPage(), app);
  const cookie = await cookieOf(context, app);
  const [first] = await context.cookies();
  const session: AdministratorSession = { cookie: first!, provedAt: Date.now() };
  await context.close();
  const engine = fromEnvironment('LAYERWRIGHT_TEST_ENGINE');
  const registry = fromEnvironment('LAYERWRIGHT_TEST_REGISTRY');

  const image = 'trial/source:1';
  await buildAtEngine(engine, image, 'FROM busybox\nRUN head -c 12000000 /dev/urandom > /data\n');
  const pullable = `${registry}/trial/pulled:1`;
  await pushImage(app, cookie, image, pullable);
  const git = await startGitServer();
  git.commit(
    Object.fromEntries([
      ['Dockerfile', 'FROM busybox\nCOPY . /site\n'],
      ...Array.from({ length: 300 }, (_, index) => [`site/${index}.html`, randomBytes(2000).toString('hex')]),
    ]) as Record<string, string>,
  );
  const container = await runningContainer(engine);
  const { id: workbench } = await call<{ id: string }>(app, cookie, 'startFromImage', {
    image: 'busybox:latest',
    options: { name: 'trial-bench' },
  });
  await call(app, cookie, 'saveGitSettings', { privateAddresses: true });
  const who = { app, cookie };
  await typeLine({ ...who, workbench }, 1, 'echo made > /made-by-hand');
  const commit = await finished(who, 'startCommit', {
    containerId: containerOf(app, workbench),
    reference: 'trial/by-hand:1',
    changes: {},
    leaveOut: {},
  });
  const recipe = { commit, name: 'Verified', dockerfile: 'FROM busybox\nRUN echo made > /made-by-hand\n' };
  const made = await finished(who, 'createFromRecipe', recipe);
  let names = 0;
  const world: World = {
    app,
    cookie,
    engine,
    registry,
    git,
    project: await makeProject({ app, cookie }, 'Trial', dockerfile),
    image,
    pullable,
    archives: {
      load: await saveImage(engine, image),
      import: packTar([{ path: 'data', type: 'file', content: randomBytes(12_000_000) }]),
      unpack: files(400),
    },
    container,
    workbench,
    commit,
    verified: String(listRows(app, '').find(({ id }) => id === made)?.result?.projectId),
    fresh: (kind) => `${kind}-${++names}`,
    async renew() {
      await renew(app, session);
      world.cookie = `${session.cookie.name}=${session.cookie.value}`;
    },
    async close() {
      await git.close();
      await app.stop();
    },
  };
  return world;
}
