import 'server-only';
import { z } from 'zod';
import { download } from '@/lib/commands/bytes';
import { command, noOutput, query } from '@/lib/commands/command';
import { contextLevel } from '@/lib/contexts/schema';
import { packDirectory } from '@/lib/contexts/tar';
import type { ProjectId } from '@/lib/ids';
import { openProjectContext, readContextLevel as readLevel } from './context';
import {
  deleteFile as removeFile,
  makeDirectory as makeDirectoryIn,
  renameFile as renameFileIn,
  setExecutable as setExecutableIn,
  writeFile,
} from './edit-files';
import { openForDownload, projectDirectory } from './files';
import { ignorePath as ignore } from './ignore-path';
import { projectPath } from './rules';
import { projectId } from './schema';
import { getProject, touchProject } from './store';

const byId = z.object({ id: projectId });
const byPath = byId.extend({ path: projectPath });

/** A change of a project's files. */
async function edit<T>(id: ProjectId, change: (directory: string) => Promise<T>): Promise<T> {
  const result = await change(projectDirectory(await getProject(id)));
  await touchProject(id);
  return result;
}

export const saveFile = command({
  name: 'file.save',
  permission: 'project:edit',
  /** `version`: the version that was read; null for a new file. */
  input: byPath.extend({ text: z.string(), version: z.string().nullable() }),
  output: z.object({ version: z.string() }),
  run: ({ id, path, text, version }) => edit(id, (directory) => writeFile(directory, path, text, version)),
});

export const makeDirectory = command({
  name: 'file.make-directory',
  permission: 'project:edit',
  input: byPath,
  output: noOutput,
  run: ({ id, path }) => edit(id, (directory) => makeDirectoryIn(directory, path)),
});

export const renameFile = command({
  name: 'file.rename',
  permission: 'project:edit',
  input: byPath.extend({ to: projectPath }),
  output: noOutput,
  run: ({ id, path, to }) => edit(id, (directory) => renameFileIn(directory, path, to)),
});

export const deleteFile = command({
  name: 'file.delete',
  permission: 'project:edit',
  input: byPath,
  output: noOutput,
  run: ({ id, path }) => edit(id, (directory) => removeFile(directory, path)),
});

export const setExecutable = command({
  name: 'file.set-executable',
  permission: 'project:edit',
  input: byPath.extend({ executable: z.boolean() }),
  output: noOutput,
  run: ({ id, path, executable }) => edit(id, (directory) => setExecutableIn(directory, path, executable)),
});

export const ignorePath = command({
  name: 'file.ignore',
  permission: 'project:edit',
  input: byPath,
  output: z.object({ source: z.string(), line: z.string() }),
  run: async ({ id, path }) => {
    const context = await openProjectContext(await getProject(id));
    return edit(id, () => ignore(context, path));
  },
});

/** One directory of the build context. */
export const readContextLevel = query({
  name: 'file.read-context',
  permission: 'project:read',
  input: byPath,
  output: contextLevel,
  run: async ({ id, path }) => {
    return readLevel(await openProjectContext(await getProject(id)), path);
  },
});

export const downloadFile = query({
  name: 'file.download',
  permission: 'project:read',
  input: byId.extend({ path: z.string() }),
  output: download,
  run: async ({ id, path }) => {
    const { size, stream } = await openForDownload(projectDirectory(await getProject(id)), path);
    return { name: path.slice(path.lastIndexOf('/') + 1), sizeBytes: size, body: stream };
  },
});

/** All files of a project as a .tar, created while it is read. */
export const downloadFiles = query({
  name: 'file.download-all',
  permission: 'project:read',
  input: byId,
  output: download,
  run: async ({ id }) => {
    const project = await getProject(id);
    const body = await packDirectory(projectDirectory(project));
    return { name: `${project.folder}.tar`, type: 'application/x-tar', body };
  },
});
