import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defaultEngine } from '@/lib/engine/engines';
import { env } from '@/lib/env';
import { follow } from '@/lib/operations/follow';
import { createFilled } from '../create';
import { deleteProject } from '../delete';
import { deleteFile, writeFile as saveFile } from '../edit-files';
import { projectDirectory, readFile } from '../files';
import { startGitProject, startRefresh } from '../git/fetch-operation';
import { newGitProject } from '../git/schema';
import { addFiles, replaceFiles } from '../place-files';
import { getProject } from '../store';
import { tar } from '../unpack/test-archives';
import { startUnpack } from '../unpack-operation';
import { uploadsDirectory } from '@/lib/uploads/directories';
import { withStaging } from '@/lib/uploads/staging';
import { killAtStep } from './kill-at-step';

/** The files of every project before, and of the change. */
export const oldFiles = { Dockerfile: 'FROM old\n', 'www/a': 'old a' };
export const newFiles = { Dockerfile: 'FROM new\n', 'www/b': 'new b' };

export async function fill(directory: string, files: Record<string, string>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.join(directory, path.dirname(file)), { recursive: true });
    await writeFile(path.join(directory, file), content);
  }
}

/** Starts counting the steps of this process. */
let arm = () => {};

async function fillThenArm(directory: string) {
  await fill(directory, newFiles);
  arm();
}

const withNewFiles = (work: (fresh: string) => Promise<unknown>) =>
  withStaging(async (staging) => {
    const fresh = path.join(staging, 'content');
    await fillThenArm(fresh);
    await work(fresh);
  });

const place = async (id: string) => projectDirectory(await getProject(id));

const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;

async function whileCounted(start: () => Promise<string>) {
  arm();
  for await (const batch of follow(await start(), 0, never)) if (batch.at(-1)?.type === 'end') return;
}

/** Creates a finished upload of the new files; returns its id. */
async function upload(): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const archive = tar(...Object.entries(newFiles).map(([name, content]) => ({ name, content })));
  const metadata = { name: 'site.tar', kind: 'archive', userId: user.id };
  await mkdir(uploadsDirectory(), { recursive: true });
  await writeFile(path.join(uploadsDirectory(), id), archive);
  await writeFile(
    path.join(uploadsDirectory(), `${id}.json`),
    JSON.stringify({ size: archive.length, metadata }),
  );
  return id;
}

/** Changes of a project, or the creation of one named “After <id>”; their process can be killed at any step. */
const works = {
  replace: (id: string) => withNewFiles(async (fresh) => replaceFiles(await place(id), fresh)),
  add: (id: string) => withNewFiles(async (fresh) => addFiles(await place(id), '', fresh)),
  create: (id: string) => createFilled({ name: `After ${id}` }, fillThenArm),
  unpackNew: async (id: string) => {
    const input = {
      uploadId: await upload(),
      strip: true,
      into: { to: 'new', name: id, description: '' },
    } as const;
    await whileCounted(() => startUnpack(defaultEngine(), input, user));
  },
  unpackInto: async (projectId: string) => {
    const into = { to: 'project', projectId, mode: 'replace', directory: '' } as const;
    const input = { uploadId: await upload(), strip: true, into };
    await whileCounted(() => startUnpack(defaultEngine(), input, user));
  },
  fetchNew: (id: string) => {
    const login = { kind: 'password', username: 'ada', password: 'secret' };
    const source = newGitProject.parse({ url: process.env.LAYERWRIGHT_TEST_GIT, name: id, login });
    return whileCounted(() => startGitProject(defaultEngine(), source, user));
  },
  fetchInto: (projectId: string) => whileCounted(() => startRefresh(defaultEngine(), projectId, user)),
  delete: async (id: string) => {
    arm();
    await deleteProject(id);
  },
  save: async (id: string) => {
    const { version } = await readFile(await place(id), 'www/a');
    arm();
    await saveFile(await place(id), 'www/a', 'new a', version);
  },
  saveNew: async (id: string) => {
    arm();
    await saveFile(await place(id), 'www/b', 'new b', null);
  },
  deleteDirectory: async (id: string) => {
    arm();
    await deleteFile(await place(id), 'www');
  },
} as const;

export type Work = keyof typeof works;

/** `node works.js <work> <project> <step>`, run as a separate process. */
async function main([work, project = '', step = '']: string[]) {
  arm = () => killAtStep(Number(step), env().dataDirectory);
  await works[work as Work](project);
  process.exit(0);
}

if (process.env.LAYERWRIGHT_TEST_WORK) await main(process.argv.slice(2));
