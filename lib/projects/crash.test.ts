import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';
import { useTestDatabase } from '@/lib/db/test-database';
import { recoverOperations } from '@/lib/operations/recover';
import { listOperations } from '@/lib/operations/store';
import { seal } from '@/lib/secrets/seal';
import { createFilled } from './create';
import { projectDirectory, projectsDirectory } from './files';
import { connectSource, fetchOperation } from './git/fetch-operation';
import { connectedGitSource, gitSettings } from './git/schema';
import { findProjectSource, writeGitSettings } from './git/store';
import { type GitServer, startGitServer } from './git/test-server';
import { settleProjects } from './settle';
import { findProject, listProjects } from './store';
import { fill, newFiles, oldFiles, type Work } from './testing/works';
import { unpackOperation } from './unpack-operation';
import { stagingDirectory, uploadsDirectory } from '@/lib/uploads/directories';
import { sweepUploads } from '@/lib/uploads/sweep';

const { db, directory: data } = await useTestDatabase();
const repository = path.join(import.meta.dirname, '../..');
const program = path.join(data, 'program');

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer('secret');
  server.commit(newFiles);
  await writeGitSettings(gitSettings.parse({ privateAddresses: true }));
  seal('', ''); // makes the key: no step of a fetch
});
afterAll(() => server.close());

beforeAll(async () => {
  await build({
    root: repository,
    configFile: path.join(repository, 'vitest.config.ts'),
    logLevel: 'error',
    publicDir: false,
    build: { ssr: path.join(import.meta.dirname, 'testing/works.ts'), outDir: program },
  });
  symlinkSync(path.join(repository, 'node_modules'), path.join(program, 'node_modules'));
  writeFileSync(path.join(program, 'package.json'), '{"type":"module"}');
});

type Files = Record<string, string>;

function filesIn(directory: string): Files | null {
  if (!existsSync(directory)) return null;
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [path.relative(directory, file), readFileSync(file, 'utf8')]),
  );
}

/** Runs the work in a separate process that kills itself before the given step. Returns whether it was killed. */
const isKilled = (work: Work, project: string, step: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [path.join(program, 'works.js'), work, project, String(step)],
      {
        env: {
          ...process.env,
          LAYERWRIGHT_DATA: data,
          LAYERWRIGHT_TEST_WORK: '1',
          LAYERWRIGHT_TEST_GIT: `${server.url}site.git`,
        },
      },
      (error) => {
        if (!error) resolve(false);
        else if (error.signal === 'SIGKILL') resolve(true);
        else reject(error);
      },
    );
  });

async function startAgain() {
  await settleProjects();
  await recoverOperations();
  await sweepUploads();
}

/** Names in both directories that belong to no project. */
async function rubbish() {
  const owned = new Set((await listProjects()).map((project) => project.folder));
  const staged = existsSync(stagingDirectory()) ? readdirSync(stagingDirectory()) : [];
  return [...staged, ...readdirSync(projectsDirectory()).filter((name) => !owned.has(name))];
}

const outcomes: [Work, Files | null][] = [
  ['replace', newFiles],
  ['add', { ...oldFiles, ...newFiles }],
  ['delete', null],
  ['save', { ...oldFiles, 'www/a': 'new a' }],
  ['saveNew', { ...oldFiles, 'www/b': 'new b' }],
  ['deleteDirectory', { Dockerfile: oldFiles.Dockerfile }],
];

test.each(outcomes)(
  'killed at any step of the work “%s”, a project has the old files or the new, and no rubbish stays',
  { timeout: 300_000 },
  async (work, after) => {
    for (let step = 1, killed = true; killed; step += 1) {
      const id = await createFilled({ name: `${work} ${step}` }, (directory) => fill(directory, oldFiles));
      const place = projectDirectory((await findProject(id))!);
      killed = await isKilled(work, id, step);
      await startAgain();
      const found = filesIn(place);
      expect([oldFiles, after], `killed before step ${step}`).toContainEqual(found);
      expect((await findProject(id)) === null).toBe(found === null);
      if (!killed) expect(found).toEqual(after);
      expect(await rubbish()).toEqual([]);
    }
  },
);

test(
  'killed at any step of its making, a project is there whole or not at all',
  { timeout: 300_000 },
  async () => {
    for (let step = 1, killed = true; killed; step += 1) {
      killed = await isKilled('create', String(step), step);
      await startAgain();
      const project = (await listProjects()).find(({ name }) => name === `After ${step}`);
      expect(project ? filesIn(projectDirectory(project)) : null).toEqual(project ? newFiles : null);
      if (!killed) expect(project).toBeDefined();
      expect(await rubbish()).toEqual([]);
    }
  },
);

const uploads = () => (existsSync(uploadsDirectory()) ? readdirSync(uploadsDirectory()) : []);
const newest = async (kind: string) => (await listOperations({ kinds: [kind], limit: 1 }))[0]!;

test.each([
  ['unpackNew', unpackOperation],
  ['fetchNew', fetchOperation],
] as const)(
  'killed at any step of the work “%s”, its operation has made a project and says so, or neither',
  { timeout: 300_000 },
  async (work, { kind, find }) => {
    for (let step = 1, killed = true; killed; step += 1) {
      const name = `${work} ${step}`;
      killed = await isKilled(work, name, step);
      await startAgain();
      const operation = await newest(kind);
      const project = (await listProjects()).find((one) => one.name === name);
      if (!killed) expect(project).toBeDefined();
      expect([operation.status, operation.errorMessage]).toEqual(
        project
          ? ['succeeded', killed ? expect.stringContaining('created') : null]
          : ['interrupted', expect.stringContaining('No project was created')],
      );
      expect(project ? filesIn(projectDirectory(project)) : newFiles).toEqual(newFiles);
      if (project) {
        const { result } = (await find(operation.id))!;
        expect(result).toMatchObject({ projectId: project.id, files: 2, warnings: 0 });
        expect(uploads()).toEqual([]);
      }
      if (project && work === 'fetchNew')
        expect((await findProjectSource(project.id))?.commit).toBe(server.git('rev-parse', 'HEAD'));
      expect(await db.projectSource.count({ where: { projectId: null } })).toBe(0);
      expect(await rubbish()).toEqual([]);
      for (const left of uploads()) rmSync(path.join(uploadsDirectory(), left));
    }
  },
);

test.each([
  ['unpackInto', 'unpack'],
  ['fetchInto', 'git-fetch'],
] as const)(
  'killed at any step of the work “%s”, a project has the old files or the new, and its operation says so',
  { timeout: 300_000 },
  async (work, kind) => {
    for (let step = 1, killed = true; killed; step += 1) {
      const name = `${work} ${step}`;
      const id = await createFilled({ name }, (directory) => fill(directory, oldFiles));
      const login = { kind: 'password', username: 'ada', password: 'secret' };
      const url = `${server.url}site.git`;
      if (work === 'fetchInto') await connectSource(connectedGitSource.parse({ projectId: id, url, login }));
      killed = await isKilled(work, id, step);
      await startAgain();
      expect([oldFiles, newFiles]).toContainEqual(filesIn(projectDirectory((await findProject(id))!)));
      expect(await newest(kind)).toMatchObject(
        killed
          ? { status: 'interrupted', errorMessage: expect.stringContaining('all as before, or all new') }
          : { status: 'succeeded' },
      );
      expect(await rubbish()).toEqual([]);
    }
  },
);
