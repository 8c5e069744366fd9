import 'server-only';
import { imageSources } from '@/lib/dockerfiles/image-sources';
import { chooseBuilder } from '@/lib/builds/request';
import { lastBuilds } from '@/lib/builds/store';
import { lookAtFileSystem } from '@/lib/disk/file-system';
import { engineFacts } from '@/lib/engine/system/status';
import type { BuilderName, EngineFacts } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { requireEngine } from '@/lib/operations/require-engine';
import { projectDirectory, readSmallFile } from '@/lib/projects/files';
import type { BuildOptions, Project } from '@/lib/projects/schema';
import { checkBase } from './base';
import { judgeRoom } from './room';
import type { Preflight, PreflightItem } from './schema';
import { checkTarget } from './target';

async function checkRoom(projectId: string): Promise<PreflightItem> {
  const [{ dataRoot }, last] = await Promise.all([engineFacts(), lastBuilds([projectId])]);
  return judgeRoom(await lookAtFileSystem(dataRoot), last.get(projectId)?.imageSize ?? null);
}

const noDockerfile = (path: string): PreflightItem => ({
  key: 'dockerfile',
  level: 'problem',
  title: 'Dockerfile',
  detail: `There is no ${path} in the project that could be read.`,
  hint: 'Upload it, or say in the options where it is.',
});

async function readDockerfile(project: Project, path: string): Promise<string | null> {
  try {
    return await readSmallFile(projectDirectory(project), path);
  } catch (error) {
    if (error instanceof AppError) return null; // the item that comes of it says so
    throw error;
  }
}

function builderFor(options: BuildOptions, facts: EngineFacts): BuilderName | PreflightItem {
  try {
    return chooseBuilder(options.builder, facts);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, hint = '' } = error;
    return { key: 'builder', level: 'problem', title: 'Builder', detail: message, hint };
  }
}

async function checkBases(project: Project, options: BuildOptions): Promise<PreflightItem[]> {
  const [text, facts] = await Promise.all([readDockerfile(project, options.dockerfile), engineFacts()]);
  if (text === null) return [noDockerfile(options.dockerfile)];
  const { product, store, os, arch } = facts;
  const enginePlatform = `${os}/${arch}`;
  const builder = builderFor(options, facts);
  if (typeof builder !== 'string') return [builder];
  const setting = { builder, product, store, pull: options.pull, enginePlatform };
  return Promise.all(
    imageSources(text, { ...options, enginePlatform })
      // Elsewhere the line is a comment.
      .filter(({ use }) => use !== 'frontend' || builder === 'buildkit')
      .map((source) => checkBase(source, setting)),
  );
}

/**
 * Looks whether a build would find what it needs: room, its base images, the registries it is pushed to. It decides
 * nothing: a registry that is away now may be back when the build comes to it.
 */
export async function runPreflight(project: Project, options: BuildOptions): Promise<Preflight> {
  try {
    await requireEngine();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, hint = '' } = error;
    const engine: PreflightItem = { key: 'engine', level: 'problem', title: 'Engine', detail: message, hint };
    return { items: [{ ...engine, href: '/engine' }], at: Date.now() };
  }
  const registries = [...new Set(options.pushTargets.map(({ registryId }) => registryId))];
  const [room, bases, targets] = await Promise.all([
    checkRoom(project.id),
    checkBases(project, options),
    Promise.all(registries.map(checkTarget)),
  ]);
  return { items: [room, ...bases, ...targets], at: Date.now() };
}
