'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { cancelOperation } from '@/lib/operations/cancel';
import { operationId } from '@/lib/operations/schema';
import { readContextLevel as readLevel } from '@/lib/projects/context-level';
import { createFromTemplate as createTemplate, duplicateProject as duplicate } from '@/lib/projects/create';
import { deleteProject as remove, describeDeletion as describe } from '@/lib/projects/delete';
import {
  deleteFile as removeFile,
  makeDirectory as makeDirectoryIn,
  renameFile as renameFileIn,
  setExecutable as setExecutableIn,
  writeFile,
} from '@/lib/projects/edit-files';
import { projectDirectory } from '@/lib/projects/files';
import { ignorePath as ignore } from '@/lib/projects/ignore-path';
import {
  projectDescription,
  projectId,
  projectName,
  projectOptions,
  projectPath,
  secretId,
  unpackInput,
} from '@/lib/projects/schema';
import { removeSecret as removeSealed, setSecret as seal } from '@/lib/projects/secrets';
import { getProject, requireFreeName, touchProject, updateProject } from '@/lib/projects/store';
import { getTemplate } from '@/lib/projects/templates/list';
import { startUnpack as start, unpackOperation } from '@/lib/projects/unpack-operation';

const byId = z.object({ id: projectId });

export const createFromTemplate = action({
  permission: 'project:edit',
  input: z.object({ template: z.string(), name: projectName }),
  run: async ({ template, name }) => ({ id: await createTemplate(getTemplate(template), { name }) }),
});

/** Before anything is uploaded for it: whether a name can be had. */
export const checkName = action({
  permission: 'project:edit',
  input: z.object({ name: projectName }),
  run: ({ name }) => requireFreeName(name),
});

export const startUnpack = action({
  permission: 'project:edit',
  input: unpackInput,
  run: async (input, { user }) => ({ id: await start(input, user) }),
});

/** null while it is not known. */
export const readUnpackResult = action({
  permission: 'project:read',
  input: z.object({ id: operationId }),
  run: async ({ id }) => (await unpackOperation.get(id)).result,
});

export const cancelUnpack = action({
  permission: 'upload:write',
  input: z.object({ id: operationId }),
  run: async ({ id }, { user }) => {
    await unpackOperation.get(id);
    return { status: await cancelOperation(id, user.name) };
  },
});

export const renameProject = action({
  permission: 'project:edit',
  input: byId.extend({ name: projectName, description: projectDescription }),
  run: async ({ id, name, description }) => {
    await updateProject(id, { name, description });
    refresh();
  },
});

export const duplicateProject = action({
  permission: 'project:edit',
  input: byId.extend({ name: projectName }),
  run: async ({ id, name }) => ({ id: await duplicate(id, name) }),
});

export const describeDeletion = action({
  permission: 'project:read',
  input: byId,
  run: ({ id }) => describe(id),
});

export const deleteProject = action({
  permission: 'project:delete',
  input: byId,
  run: async ({ id }) => {
    await remove(id);
    refresh();
  },
});

export const saveOptions = action({
  permission: 'project:edit',
  input: byId.extend({ options: projectOptions }),
  run: async ({ id, options }) => {
    await updateProject(id, { options });
    refresh();
  },
});

export const saveSecret = action({
  permission: 'project:edit',
  input: byId.extend({ name: secretId, value: z.string().min(1, 'Give it a value.') }),
  run: async ({ id, name, value }) => {
    const { options } = await getProject(id);
    await seal(id, name, value);
    // A secret that is stored for a project is for its builds, until somebody says otherwise in the options.
    if (!options.secrets.some((secret) => secret.id === name))
      await updateProject(id, { options: { ...options, secrets: [...options.secrets, { id: name }] } });
    refresh();
  },
});

export const removeSecret = action({
  permission: 'project:edit',
  input: byId.extend({ name: secretId }),
  run: async ({ id, name }) => {
    const { options } = await getProject(id);
    const secrets = options.secrets.filter((secret) => secret.id !== name);
    await updateProject(id, { options: { ...options, secrets } });
    await removeSealed(id, name);
    refresh();
  },
});

/** One change of a project's files. */
async function edit<T>(id: string, change: (directory: string) => Promise<T>): Promise<T> {
  const project = await getProject(id);
  const result = await change(projectDirectory(project));
  await touchProject(id);
  refresh();
  return result;
}

const filePath = byId.extend({ path: projectPath });

export const saveFile = action({
  permission: 'project:edit',
  input: filePath.extend({ text: z.string(), version: z.string().nullable() }),
  run: ({ id, path, text, version }) => edit(id, (directory) => writeFile(directory, path, text, version)),
});

export const makeDirectory = action({
  permission: 'project:edit',
  input: filePath,
  run: ({ id, path }) => edit(id, (directory) => makeDirectoryIn(directory, path)),
});

export const renameFile = action({
  permission: 'project:edit',
  input: filePath.extend({ to: projectPath }),
  run: ({ id, path, to }) => edit(id, (directory) => renameFileIn(directory, path, to)),
});

export const deleteFile = action({
  permission: 'project:edit',
  input: filePath,
  run: ({ id, path }) => edit(id, (directory) => removeFile(directory, path)),
});

export const readContextLevel = action({
  permission: 'project:read',
  input: filePath,
  run: async ({ id, path }) => {
    const project = await getProject(id);
    return readLevel(projectDirectory(project), project.options.dockerfile, path);
  },
});

export const ignorePath = action({
  permission: 'project:edit',
  input: filePath,
  run: async ({ id, path }) => {
    const { dockerfile } = (await getProject(id)).options;
    return edit(id, (directory) => ignore(directory, dockerfile, path));
  },
});

export const setExecutable = action({
  permission: 'project:edit',
  input: filePath.extend({ executable: z.boolean() }),
  run: ({ id, path, executable }) => edit(id, (directory) => setExecutableIn(directory, path, executable)),
});
