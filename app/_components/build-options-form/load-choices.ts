import 'server-only';
import { builderNames } from '@/lib/builders/choices';
import { buildersIn, featuresOf } from '@/lib/builders/features-of';
import { defaultEngine } from '@/lib/engine/engines';
import { currentEngine } from '@/lib/engine/system/watch';
import { listFiles, projectDirectory } from '@/lib/projects/files';
import { readOutline } from '@/lib/projects/read-outline';
import type { Project } from '@/lib/projects/schema';
import { listSecretNames } from '@/lib/projects/secrets';
import { listRegistries } from '@/lib/registries/store';
import type { BuildChoices } from './choices';

async function loadEngine(): Promise<BuildChoices['engine']> {
  const status = await currentEngine(defaultEngine());
  if (status.state !== 'ready') return null;
  const { engine } = status;
  return {
    platform: `${engine.os}/${engine.arch}`,
    builders: buildersIn(engine),
    gate: engine.gate,
    support: Object.fromEntries(builderNames.map((name) => [name, featuresOf(name).support(engine)])),
  };
}

async function listDockerfiles(project: Project): Promise<string[]> {
  try {
    const { entries } = await listFiles(projectDirectory(project), '');
    return entries
      .filter((entry) => entry.type !== 'directory' && /dockerfile|containerfile/i.test(entry.name))
      .map((entry) => entry.name)
      .filter((name) => !name.endsWith('.dockerignore'));
  } catch {
    return []; // the directory is missing: the overview reports it
  }
}

/** The choices of the build form of a project. */
export async function loadBuildChoices(project: Project): Promise<BuildChoices> {
  const [engine, outline, dockerfiles, registries, secrets] = await Promise.all([
    loadEngine(),
    readOutline(project),
    listDockerfiles(project),
    listRegistries(),
    listSecretNames(project.id),
  ]);
  return {
    engine,
    outline,
    dockerfiles,
    registries: registries.map(({ id, name, host }) => ({ id, name, host })),
    secretNames: secrets.map(({ name }) => name),
  };
}
