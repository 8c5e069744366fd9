import 'server-only';
import { z } from 'zod';
import { searchBuilds } from '@/lib/builds/commands';
import { buildHref } from '@/lib/builds/href';
import type { Caller } from '@/lib/commands/caller';
import { query } from '@/lib/commands/command';
import { can } from '@/lib/commands/permissions';
import { askIfAllowed } from '@/lib/commands/run-command';
import { searchContainers } from '@/lib/containers/commands';
import { containerHref } from '@/lib/containers/schema';
import { searchImages } from '@/lib/images/commands';
import { imageHref } from '@/lib/images/schema';
import { searchProjects } from '@/lib/projects/commands';

/** Results per kind. */
const limit = 5;

const found = z.object({
  /** `Project`, `Build`, `Image`, `Container`; `Action` for an action. */
  kind: z.string(),
  label: z.string(),
  /** URL of its page. */
  href: z.string().optional(),
  act: z
    .discriminatedUnion('do', [
      z.object({ do: z.literal('build'), projectId: z.string() }),
      z.object({ do: z.literal('push'), image: z.string(), reference: z.string().optional() }),
    ])
    .optional(),
});
type Found = z.infer<typeof found>;

const toBuild = ({ id, name }: { id: string; name: string }): Found => ({
  kind: 'Action',
  label: `Build ${name}`,
  act: { do: 'build', projectId: id },
});

const toPush = ({ id, label, reference }: { id: string; label: string; reference?: string }): Found => ({
  kind: 'Action',
  label: `Push ${label}…`,
  act: { do: 'push', image: id, reference },
});

/** `build mysite`, `push mysite:1`: an action and its target, which may be incomplete. */
async function findActions(text: string, caller: Caller): Promise<Found[]> {
  const [, verb, q = ''] = /^(build|push)(?:\s+(.*))?$/i.exec(text) ?? [];
  if (verb?.toLowerCase() === 'build' && can(caller.user, 'build:start'))
    return ((await askIfAllowed(searchProjects, caller, { q, limit })) ?? []).map(toBuild);
  if (verb?.toLowerCase() === 'push' && can(caller.user, 'push:start'))
    return ((await askIfAllowed(searchImages, caller, { q, limit })) ?? []).map(toPush);
  return [];
}

async function findThings(q: string, caller: Caller): Promise<Found[]> {
  const [projects, builds, images, containers] = await Promise.all([
    askIfAllowed(searchProjects, caller, { q, limit }),
    askIfAllowed(searchBuilds, caller, { q, limit }),
    askIfAllowed(searchImages, caller, { q, limit }),
    askIfAllowed(searchContainers, caller, { q, limit }),
  ]);
  return [
    ...(projects ?? []).map(({ id, name }) => ({ kind: 'Project', label: name, href: `/projects/${id}` })),
    ...(projects && can(caller.user, 'build:start') ? projects.map(toBuild) : []),
    ...(builds ?? []).map(({ id, projectName, number }) => ({
      kind: 'Build',
      label: `${projectName} #${number}`,
      href: buildHref(id),
    })),
    ...(images ?? []).map(({ id, label }) => ({ kind: 'Image', label, href: imageHref(id) })),
    ...(images && can(caller.user, 'push:start') ? images.map(toPush) : []),
    ...(containers ?? []).map(({ id, name }) => ({
      kind: 'Container',
      label: name,
      href: containerHref(id),
    })),
  ];
}

/** Projects, builds, images and containers whose name contains the query, and their actions. */
export const search = query({
  name: 'search.find',
  permission: 'signed-in',
  because: 'Each domain answers only whoever may read it.',
  input: z.object({ q: z.string().trim().min(1).max(100) }),
  output: z.array(found),
  run: async ({ q }, caller) => (await Promise.all([findActions(q, caller), findThings(q, caller)])).flat(),
});
