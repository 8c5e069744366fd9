import 'server-only';
import { z } from 'zod';
import { can } from '@/lib/commands/permissions';
import { command, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { operationId, startedOperation } from '@/lib/operations/schema';
import { buildOptions } from '@/lib/projects/options/schema';
import { projectId } from '@/lib/projects/schema';
import { getProject } from '@/lib/projects/store';
import { demandForBuild } from './host-access';
import { runPreflight } from './preflight/run';
import { preflight } from './preflight/schema';
import { expireBuilds } from './retention';
import { buildSettings, startBuildInput } from './schema';
import { changeBuildSettings } from './settings';
import { startBuild as start } from './start';
import { deleteBuilds as remove, listBuilds } from './store';

export const startBuild = command({
  name: 'build.start',
  permission: 'build:start',
  also: async ({ projectId: id, options, push }) => {
    const project = await getProject(id);
    return [
      ...(push ? (['push:start'] as const) : []),
      ...(await demandForBuild(project, options ?? project.options)),
    ];
  },
  input: startBuildInput,
  output: startedOperation,
  run: async (input, { user }) => ({
    id: await start(defaultEngine(), input, user, { hostAllowed: can(user, 'host:use') }),
  }),
});

export const deleteBuilds = command({
  name: 'build.delete',
  permission: 'build:delete',
  onFullDisk: 'reserve',
  input: z.object({ ids: z.array(operationId).min(1, 'Select at least one build.').max(1000) }),
  output: z.object({ deleted: z.number() }),
  run: async ({ ids }) => ({ deleted: await remove(ids) }),
});

/** Checks whether a build with these options, or with the project's own, would find what it needs. */
export const checkBeforeBuild = query({
  name: 'build.preflight',
  permission: 'build:start',
  input: z.object({ id: projectId, options: buildOptions.optional() }),
  output: preflight,
  run: async ({ id, options }, { user }) => {
    const project = await getProject(id);
    const hostAllowed = can(user, 'host:use');
    return runPreflight(defaultEngine(), project, options ?? project.options, { hostAllowed });
  },
});

export const searchBuilds = query({
  name: 'build.search',
  permission: 'build:read',
  input: z.object({ q: z.string(), limit: z.number().int() }),
  output: z.array(z.object({ id: operationId, projectName: z.string(), number: z.number() })),
  run: async ({ q, limit }) => {
    const { builds } = await listBuilds({ q }, limit);
    return builds.map(({ id, projectName, number }) => ({ id, projectName, number }));
  },
});

export const saveBuildSettings = command({
  name: 'settings.save-builds',
  permission: 'settings:edit',
  dangerous: true,
  input: buildSettings,
  output: z.object({ expired: z.number() }),
  run: async (settings) => {
    await changeBuildSettings(settings);
    return { expired: await expireBuilds() };
  },
});
