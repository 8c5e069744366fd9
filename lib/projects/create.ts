import 'server-only';
import { renameSync } from 'node:fs';
import { cp, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Transaction } from '@/lib/db/client';
import { newId, type OperationId, type ProjectId } from '@/lib/ids';
import { makeDirectories, makeDirectory, writeNewFile } from './default-modes';
import { projectDirectory, projectsDirectory } from './files';
import { defaultOptions } from './options/schema';
import type { Project } from './schema';
import { between } from './settle';
import { getProject, insertProject, requireFreeName } from './store';
import { syncPath, syncTree } from './sync';
import type { Template } from './templates/template';
import { whileReading } from './turns';
import { asDiskFullError } from '@/lib/uploads/disk-space';
import { removeTree, withStaging } from '@/lib/uploads/staging';

export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '') || 'project';

/** A unique directory name that is recognizable. */
const folderFor = (name: string, id: ProjectId): string => `${slugOf(name)}-${id.slice(-6)}`;

/** A project's first tag is its name, so that its image is not untagged. */
const optionsFor = (name: string): Project['options'] => ({ ...defaultOptions, tags: [slugOf(name)] });

interface NewProject {
  /** Whose id the project gets, so that the recovery of the operation finds it. */
  madeBy?: OperationId;
  name: string;
  description?: string;
  options?: Project['options'];
}

/** Stores what belongs to the project in the same transaction. */
type WriteBeside = (tx: Transaction, id: ProjectId) => Promise<void>;

/** Moves a finished directory to its place and stores the project, which exists from then on, complete. */
export async function adoptDirectory(
  directory: string,
  project: NewProject,
  write?: WriteBeside,
): Promise<string> {
  await requireFreeName(project.name);
  const id: string = project.madeBy ?? newId();
  const folder = folderFor(project.name, id);
  const place = projectDirectory({ folder });
  const aside = between(place, 'new');
  await syncTree(directory);
  await mkdir(projectsDirectory(), { recursive: true });
  await rename(directory, aside);
  await syncPath(projectsDirectory());
  try {
    await insertProject(
      {
        id,
        folder,
        name: project.name,
        description: project.description ?? '',
        options: project.options ?? optionsFor(project.name),
      },
      write,
    );
  } catch (error) {
    await removeTree(aside);
    throw error;
  }
  renameSync(aside, place); // synchronous: a project in the list has its files
  await syncPath(projectsDirectory());
  return id;
}

async function writeTemplate(directory: string, files: Template['files']) {
  for (const [file, content] of Object.entries(await files())) {
    const place = path.join(directory, file);
    await makeDirectories(path.dirname(place));
    await writeNewFile(place, content);
  }
}

/** Fills a new directory, then makes it a project. */
export function createFilled(
  project: NewProject,
  fill: (directory: string) => Promise<void>,
  write?: WriteBeside,
): Promise<string> {
  return withStaging(async (staging) => {
    await requireFreeName(project.name);
    const directory = path.join(staging, 'content');
    await makeDirectory(directory);
    try {
      await fill(directory);
    } catch (error) {
      throw asDiskFullError(error);
    }
    return adoptDirectory(directory, project, write);
  });
}

export const createFromTemplate = (template: Template, project: NewProject): Promise<string> =>
  createFilled({ ...project, options: { ...optionsFor(project.name), ...template.options } }, (directory) =>
    writeTemplate(directory, template.files),
  );

/**
 * Copies a project with its files and options. Secrets must be entered again: they are encrypted for the original.
 */
export async function duplicateProject(id: ProjectId, name: string): Promise<string> {
  const original = await getProject(id);
  const from = projectDirectory(original);
  const copy = (directory: string) =>
    cp(from, directory, { recursive: true, verbatimSymlinks: true, preserveTimestamps: false });
  return createFilled({ name, description: original.description, options: original.options }, (directory) =>
    whileReading(from, () => copy(directory)),
  );
}
