import 'server-only';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { defineOperation } from '@/lib/operations/define';
import type { OperationContext } from '@/lib/operations/kinds';
import { operationHref } from '@/lib/operations/status';
import { adoptDirectory } from '@/lib/projects/create';
import { projectDirectory } from '@/lib/projects/files';
import { replaceFiles } from '@/lib/projects/place-files';
import { findMadeProject, interruptedMessage, madeMessage } from '@/lib/projects/recover-files';
import { getProject, requireFreeName, touchProject } from '@/lib/projects/store';
import { unpackArchive } from '@/lib/projects/unpack/unpack';
import { withStaging } from '@/lib/uploads/staging';
import { remember } from '@/lib/remember';
import { type Actor, newId, type OperationId, type ProjectId } from '@/lib/ids';
import { checkSource } from './check-login';
import { fetchTree, type FetchedTree } from './fetch-tree';
import { openWorkplace } from './open-workplace';
import {
  type FetchInput,
  fetchInput,
  type FetchResult,
  fetchResult,
  gitLimits,
  type GitSource,
  type changedGitSource,
  type connectedGitSource,
  type newGitProject,
  parseGitUrl,
} from './schema';
import {
  changeSource,
  deleteSource,
  findProjectSource,
  getSource,
  insertSource,
  openLogin,
  readGitSettings,
  recordFetch,
} from './store';
import type { z } from 'zod';

const tellEvery = 250;

async function fetchSource(
  context: OperationContext,
  source: GitSource,
  directory: string,
): Promise<FetchedTree> {
  const parsed = parseGitUrl(source.url);
  if (!parsed.ok) throw new AppError('invalid_input', parsed.reason);
  const login = await openLogin(source.id);
  const settings = await readGitSettings();
  const tooLong = new AppError(
    'conflict',
    'Fetching the repository took longer than 15 minutes and was stopped.',
  );
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(tooLong), gitLimits.time);
  const signal = AbortSignal.any([context.signal, limit.signal]);
  try {
    return await context.step(`Fetch ${source.url}`, async (step) => {
      const place = await openWorkplace(directory, parsed.address, login, {
        settings,
        signal,
      });
      let told = -tellEvery;
      let telling: Promise<unknown> = Promise.resolve();
      const onProgress = (share: number, phase: string) => {
        if (share < 1 && performance.now() - told < tellEvery) return;
        told = performance.now();
        const state = share < 1 ? 'active' : 'done';
        const bar = {
          type: 'progress',
          step,
          id: phase,
          label: phase,
          current: Math.round(share * 100),
          total: 100,
          unit: 'items',
          state,
        } as const;
        telling = telling.then(() => context.emit(bar));
      };
      const fetched = await fetchTree(place, source, onProgress);
      await telling;
      for (const path of fetched.submodules.slice(0, 20))
        await context.emit({
          type: 'warning',
          step,
          short: `“${path}” is a submodule: its files are not fetched, so the directory is empty.`,
        });
      if (fetched.usesLfs)
        await context.emit({
          type: 'warning',
          step,
          short: 'Git LFS files are not fetched: only their pointers are here.',
        });
      return fetched;
    });
  } finally {
    clearTimeout(timer);
  }
}

async function place(
  { id, input, signal }: OperationContext<FetchInput>,
  root: string,
  commit: string,
): Promise<string> {
  const { sourceId, into } = input;
  if (into.to === 'new')
    return adoptDirectory(root, { ...into, madeBy: id }, (tx, projectId) =>
      recordFetch({ id: sourceId, projectId, commit }, tx),
    );
  const project = await getProject(into.projectId);
  await replaceFiles(projectDirectory(project), root, signal);
  await touchProject(project.id);
  await recordFetch({ id: sourceId, projectId: project.id, commit });
  return project.id;
}

const underWay = () => remember('fetching', () => new Set<string>());

async function fetchInto(context: OperationContext<FetchInput>, source: GitSource): Promise<FetchResult> {
  return withStaging(async (staging) => {
    const repository = path.join(staging, 'repository');
    const content = path.join(staging, 'content');
    await mkdir(repository, { mode: 0o700 });
    await mkdir(content, { mode: 0o755 });
    const { commit, archive } = await fetchSource(context, source, repository);
    const unpacked = await context.step('Check and unpack the files', async (step) => {
      const done = await unpackArchive(archive, content, {
        strip: false,
        guessModes: false,
        signal: context.signal,
      });
      for (const warning of done.warnings) await context.emit({ type: 'warning', step, short: warning });
      return done;
    });
    // With it go the login's files, before anything else happens.
    await rm(repository, { recursive: true, force: true });
    const projectId = await context.step('Put the files in place', () =>
      place(context, unpacked.root, commit),
    );
    return {
      projectId,
      commit,
      files: unpacked.files,
      bytes: unpacked.unpacked,
      warnings: unpacked.warnings.length,
    };
  });
}

async function run(context: OperationContext<FetchInput>): Promise<FetchResult> {
  const { sourceId, into } = context.input;
  if (underWay().has(sourceId)) throw new AppError('conflict', 'This repository is already being fetched.');
  underWay().add(sourceId);
  try {
    return await fetchInto(context, await getSource(sourceId));
  } catch (error) {
    // No project came of it: its login is not kept.
    if (into.to === 'new') await deleteSource(sourceId);
    throw error;
  } finally {
    underWay().delete(sourceId);
  }
}

async function recover(_engine: Engine, id: OperationId, { sourceId, into }: FetchInput) {
  const made = await findMadeProject(id, into);
  const commit = made && (await getSource(sourceId)).commit;
  if (commit) return { succeeded: true, message: madeMessage, result: { ...made, commit, warnings: 0 } };
  // No project came of it: its login is not kept.
  if (into.to === 'new') await deleteSource(sourceId);
  return { succeeded: false, message: interruptedMessage(into) };
}

export const fetchOperation = defineOperation({
  kind: 'git-fetch',
  read: 'project:read',
  cancel: 'project:edit',
  lane: 'transfer',
  input: fetchInput,
  result: fetchResult,
  href: operationHref,
  run,
  discard: async ({ sourceId, into }) => {
    if (into.to === 'new') await deleteSource(sourceId);
  },
  recover,
});

type User = Actor;

/** Begins a project from a repository. Returns the operation's id at once. */
export async function startGitProject(
  engine: Engine,
  { name, description, login, ...where }: z.output<typeof newGitProject>,
  user: User,
): Promise<string> {
  await requireFreeName(name);
  await checkSource(where.url, login);
  const id = newId();
  const input: FetchInput = { sourceId: id, into: { to: 'new', name, description } };
  return fetchOperation.start({ engine, title: `${where.url} into ${name}`, input, user }, (tx) =>
    insertSource({ id, ...where }, login, tx),
  );
}

/** Begins to replace a project's files by what its repository has now. */
export async function startRefresh(engine: Engine, projectId: ProjectId, user: User): Promise<string> {
  const project = await getProject(projectId);
  const source = await findProjectSource(projectId);
  if (!source) throw new AppError('not_found', 'This project has no repository.');
  const input: FetchInput = { sourceId: source.id, into: { to: 'project', projectId } };
  return fetchOperation.start({ engine, title: `${source.url} into ${project.name}`, input, user });
}

/** Another address, branch, folder or login; the files stay as they are until the next refresh. */
export async function changeGitSource({
  projectId,
  login,
  ...where
}: z.output<typeof changedGitSource>): Promise<void> {
  const source = await findProjectSource(projectId);
  if (!source) throw new AppError('not_found', 'This project has no repository.');
  if (login) await checkSource(where.url, login);
  await changeSource(source.id, where, login);
}

/** A project that is there gets a repository; its files stay as they are until they are fetched. */
export async function connectSource({
  projectId,
  login,
  ...where
}: z.output<typeof connectedGitSource>): Promise<void> {
  await getProject(projectId);
  if (await findProjectSource(projectId))
    throw new AppError('conflict', 'This project already has a repository.');
  await checkSource(where.url, login);
  await insertSource({ id: newId(), ...where, projectId }, login);
}

/** The project stays, with its files; where they came from is forgotten, and the login with it. */
export async function disconnectSource(projectId: ProjectId): Promise<void> {
  const source = await findProjectSource(projectId);
  if (source) await deleteSource(source.id);
}
