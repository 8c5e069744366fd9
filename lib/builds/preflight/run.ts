import 'server-only';
import { featuresOf } from '@/lib/builders/features-of';
import { givenOf } from '@/lib/builds/given';
import { chooseBuilder } from '@/lib/builds/request';
import { demandForBuild } from '@/lib/builds/host-access';
import { lastBuilds } from '@/lib/builds/store';
import { readDockerfile } from '@/lib/contexts/read-dockerfile';
import { lookAtFileSystem } from '@/lib/disk/file-system';
import { imageSources } from '@/lib/dockerfiles/bases';
import { readPlan } from '@/lib/dockerfiles/stages';
import type { Engine } from '@/lib/engine/engine';
import { engineFacts } from '@/lib/engine/system/status';
import { AppError } from '@/lib/errors';
import { requireEngine } from '@/lib/operations/require-engine';
import { projectDirectory } from '@/lib/projects/files';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { Project } from '@/lib/projects/schema';
import type { ProjectId } from '@/lib/ids';
import { checkBase } from './base';
import { judgeDiskSpace } from './disk-space';
import { judgeGate } from './gate';
import type { Preflight, PreflightItem } from './schema';
import { checkTarget } from './target';

async function checkRoom(engine: Engine, projectId: ProjectId): Promise<PreflightItem> {
  const [{ dataRoot }, last] = await Promise.all([engineFacts(engine), lastBuilds([projectId])]);
  return judgeDiskSpace(await lookAtFileSystem(engine, dataRoot), last.get(projectId)?.imageSize ?? null);
}

const problem = (key: string, title: string, { message, hint = '' }: AppError): PreflightItem => ({
  key,
  level: 'problem',
  title,
  detail: message,
  hint,
});

/** The result of `work`, or its error as a preflight item. */
async function orProblem<T>(
  key: string,
  title: string,
  work: () => T | Promise<T>,
): Promise<T | PreflightItem[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return [problem(key, title, error)];
    throw error;
  }
}

const checkHostAccess = async (project: Project, options: BuildOptions): Promise<PreflightItem[]> =>
  (await demandForBuild(project, options)).map(({ message }) => ({
    key: 'host',
    level: 'problem',
    title: 'Host access',
    detail: message,
    hint: 'Ask an administrator to start it, or to allow the frontend in the settings.',
  }));

async function checkBases(engine: Engine, project: Project, options: BuildOptions): Promise<PreflightItem[]> {
  const facts = await engineFacts(engine);
  const directory = projectDirectory(project);
  const text = await orProblem('dockerfile', 'Dockerfile', () =>
    readDockerfile(directory, options.dockerfile),
  );
  if (typeof text !== 'string') return text;
  const builder = await orProblem('builder', 'Builder', () => chooseBuilder(options.builder, facts));
  if (typeof builder !== 'string') return builder;
  const { product, store, os, arch } = facts;
  const setting = {
    builder: featuresOf(builder),
    product,
    store,
    pull: options.pull,
    enginePlatform: `${os}/${arch}`,
  };
  const sources = imageSources(readPlan(text, givenOf(options, facts, builder)));
  return Promise.all(sources.map((source) => checkBase(engine, source, setting)));
}

/**
 * Checks disk space, base images and push targets of a build. Results never block a build: a registry that is down now
 * may be up when the build needs it.
 */
export async function runPreflight(
  engine: Engine,
  project: Project,
  options: BuildOptions,
  { hostAllowed = true } = {},
): Promise<Preflight> {
  try {
    await requireEngine(engine);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { items: [{ ...problem('engine', 'Engine', error), href: '/engine' }], at: Date.now() };
  }
  const registries = [...new Set(options.pushTargets.map(({ registryId }) => registryId))];
  const [host, gate, room, bases, targets] = await Promise.all([
    hostAllowed ? [] : checkHostAccess(project, options),
    engineFacts(engine).then((facts) => judgeGate(options, facts.gate)),
    checkRoom(engine, project.id),
    checkBases(engine, project, options),
    Promise.all(registries.map((registry) => checkTarget(engine, registry))),
  ]);
  return { items: [...host, ...gate, room, ...bases, ...targets], at: Date.now() };
}
