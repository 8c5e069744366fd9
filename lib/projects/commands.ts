import 'server-only';
import { z } from 'zod';
import { command, noOutput, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { operationId, startedOperation } from '@/lib/operations/schema';
import { createFromTemplate as createFrom, duplicateProject as duplicate } from './create';
import { deleteProject as remove, describeDeletion as describe } from './delete';
import { buildOptions, secretId } from './options/schema';
import { deletion, projectDescription, projectId, projectName, unpackInput, unpackResult } from './schema';
import { removeSecret as removeSealed, setSecret as seal } from './secrets';
import { getProject, listProjects, requireFreeName, updateProject } from './store';
import { getTemplate } from './templates/list';
import { startUnpack as beginUnpack, unpackOperation } from './unpack-operation';

const byId = z.object({ id: projectId });
const created = byId;

export const searchProjects = query({
  name: 'project.search',
  permission: 'project:read',
  input: z.object({ q: z.string(), limit: z.number().int() }),
  output: z.array(z.object({ id: projectId, name: z.string() })),
  run: async ({ q, limit }) => {
    const wanted = q.toLowerCase();
    const found = (await listProjects()).filter(({ name }) => name.toLowerCase().includes(wanted));
    return found.slice(0, limit).map(({ id, name }) => ({ id, name }));
  },
});

export const createFromTemplate = command({
  name: 'project.create-from-template',
  permission: 'project:edit',
  input: z.object({ template: z.string(), name: projectName }),
  output: created,
  run: async ({ template, name }) => ({ id: await createFrom(getTemplate(template), { name }) }),
});

/** Whether a name is available, before files are uploaded. */
export const checkName = query({
  name: 'project.check-name',
  permission: 'project:edit',
  input: z.object({ name: projectName }),
  output: noOutput,
  run: ({ name }) => requireFreeName(name),
});

export const startUnpack = command({
  name: 'project.unpack',
  permission: 'project:edit',
  input: unpackInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginUnpack(defaultEngine(), input, user) }),
});

/** Null until known. */
export const readUnpackResult = query({
  name: 'project.read-unpack-result',
  permission: 'project:read',
  input: z.object({ id: operationId }),
  output: unpackResult.nullable(),
  run: async ({ id }) => (await unpackOperation.get(id)).result,
});

export const renameProject = command({
  name: 'project.rename',
  permission: 'project:edit',
  input: byId.extend({ name: projectName, description: projectDescription }),
  output: noOutput,
  run: async ({ id, name, description }) => {
    await updateProject(id, { name, description });
  },
});

export const duplicateProject = command({
  name: 'project.duplicate',
  permission: 'project:edit',
  input: byId.extend({ name: projectName }),
  output: created,
  run: async ({ id, name }) => ({ id: await duplicate(id, name) }),
});

export const describeDeletion = query({
  name: 'project.preview-deletion',
  permission: 'project:read',
  input: byId,
  output: deletion,
  run: ({ id }) => describe(id),
});

export const deleteProject = command({
  name: 'project.delete',
  permission: 'project:delete',
  dangerous: true,
  input: byId,
  output: noOutput,
  run: ({ id }) => remove(id),
});

export const saveOptions = command({
  name: 'project.save-options',
  permission: 'project:edit',
  input: byId.extend({ options: buildOptions }),
  output: noOutput,
  run: async ({ id, options }) => {
    await updateProject(id, { options });
  },
});

export const saveSecret = command({
  name: 'project.save-secret',
  permission: 'project:edit',
  input: byId.extend({ name: secretId, value: z.string().min(1, 'Enter a value.') }),
  output: noOutput,
  run: async ({ id, name, value }) => {
    const { options } = await getProject(id);
    await seal(id, name, value);
    // A new secret is enabled for the project's builds by default; the options can exclude it.
    if (!options.secrets.some((secret) => secret.id === name))
      await updateProject(id, { options: { ...options, secrets: [...options.secrets, { id: name }] } });
  },
});

export const removeSecret = command({
  name: 'project.remove-secret',
  permission: 'project:edit',
  input: byId.extend({ name: secretId }),
  output: noOutput,
  run: async ({ id, name }) => {
    const { options } = await getProject(id);
    const secrets = options.secrets.filter((secret) => secret.id !== name);
    await updateProject(id, { options: { ...options, secrets } });
    await removeSealed(id, name);
  },
});
