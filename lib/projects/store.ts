import 'server-only';
import { db, isUniqueViolation, type Transaction } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { newId, type ProjectId } from '@/lib/ids';
import { type BuildOptions, buildOptions } from './options/schema';
import type { Project } from './schema';

interface Row {
  id: ProjectId;
  name: string;
  description: string;
  folder: string;
  options: string;
  createdAt: Date;
  updatedAt: Date;
}

const toProject = (row: Row): Project => ({
  id: row.id,
  name: row.name,
  description: row.description,
  folder: row.folder,
  options: buildOptions.parse(JSON.parse(row.options)),
  createdAt: row.createdAt.getTime(),
  updatedAt: row.updatedAt.getTime(),
});

export async function listProjects(): Promise<Project[]> {
  const rows = await db().project.findMany({ orderBy: { updatedAt: 'desc' } });
  return rows.map(toProject);
}

export async function listFolders(): Promise<string[]> {
  const rows = await db().project.findMany({ select: { folder: true } });
  return rows.map((row) => row.folder);
}

export async function findProject(id: ProjectId): Promise<Project | null> {
  const row = await db().project.findUnique({ where: { id } });
  return row && toProject(row);
}

export async function getProject(id: ProjectId): Promise<Project> {
  const project = await findProject(id);
  if (!project) throw new AppError('not_found', 'Project not found. It may have been deleted.');
  return project;
}

const nameTaken = (name: string, cause?: unknown) => {
  const message = `A project named “${name}” already exists.`;
  return new AppError('conflict', message, { fields: { name: message }, cause });
};

/** Names are compared case-insensitively. */
export async function requireFreeName(name: string, except?: string): Promise<void> {
  const names = await db().project.findMany({ select: { id: true, name: true } });
  const folded = name.toLowerCase();
  const other = names.find((row) => row.id !== except && row.name.toLowerCase() === folded);
  if (other) throw nameTaken(other.name);
}

/** `write` stores what belongs to it in the same transaction. */
export async function insertProject(
  project: Omit<Project, 'createdAt' | 'updatedAt'>,
  write?: (tx: Transaction, id: ProjectId) => Promise<void>,
): Promise<void> {
  try {
    await db().$transaction(async (tx) => {
      await tx.project.create({ data: { ...project, options: JSON.stringify(project.options) } });
      await write?.(tx, project.id);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(project.name, error) : error;
  }
}

export async function updateProject(
  id: ProjectId,
  change: { name?: string; description?: string; options?: BuildOptions },
): Promise<Project> {
  await getProject(id);
  const { options, ...rest } = change;
  try {
    const row = await db().project.update({
      where: { id },
      data: { ...rest, ...(options && { options: JSON.stringify(options) }) },
    });
    return toProject(row);
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(change.name ?? '', error) : error;
  }
}

/** Records a change of its files. */
export async function touchProject(id: ProjectId): Promise<void> {
  await db().project.updateMany({ where: { id }, data: { updatedAt: new Date() } });
}

export async function deleteProjectRow(id: ProjectId): Promise<void> {
  await db().project.deleteMany({ where: { id } });
}

export const countBuilds = (projectId: ProjectId): Promise<number> =>
  db().build.count({ where: { projectId } });

export async function upsertSecret(projectId: ProjectId, name: string, sealed: string): Promise<void> {
  await db().projectSecret.upsert({
    where: { projectId_name: { projectId, name } },
    create: { id: newId(), projectId, name, sealed },
    update: { sealed },
  });
}

export async function deleteSecret(projectId: ProjectId, name: string): Promise<void> {
  await db().projectSecret.deleteMany({ where: { projectId, name } });
}

export async function listSecretRows(projectId: ProjectId): Promise<{ name: string; updatedAt: number }[]> {
  const rows = await db().projectSecret.findMany({
    where: { projectId },
    select: { name: true, updatedAt: true },
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => ({ name: row.name, updatedAt: row.updatedAt.getTime() }));
}

export const findSecrets = (projectId: ProjectId): Promise<{ name: string; sealed: string }[]> =>
  db().projectSecret.findMany({ where: { projectId }, select: { name: true, sealed: true } });
