import { z } from 'zod';
import type { PaletteEntry } from '@/app/_components/shell/commands';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { can } from '@/lib/commands/permissions';
import type { CurrentUser } from '@/lib/commands/caller';
import { listBuilds } from '@/lib/builds/store';
import { listContainerPage } from '@/lib/containers/list';
import { containerFilter, containerHref } from '@/lib/containers/schema';
import { currentEngine } from '@/lib/operations/engine-watch';
import { listImagePage } from '@/lib/images/list';
import { imageFilter, imageHref } from '@/lib/images/schema';
import { listProjects } from '@/lib/projects/store';

/** Of each kind: more is a matter for that kind's own list. */
const most = 5;

async function findImages(q: string) {
  if ((await currentEngine()).state !== 'ready') return []; // everything else can still be found
  const { rows } = await listImagePage(imageFilter.parse({ q, limit: most }));
  return rows.map(({ id, tags }) => ({ id, label: tags[0] ?? id.slice(7, 19), reference: tags[0] }));
}

async function findProjects(q: string) {
  const wanted = q.toLowerCase();
  return (await listProjects()).filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, most);
}

async function findBuilds(q: string): Promise<PaletteEntry[]> {
  const { builds } = await listBuilds({ q }, most);
  return builds.map(({ id, projectName, number }) => ({
    kind: 'Build',
    label: `${projectName} #${number}`,
    href: `/builds/${id}`,
  }));
}

async function findContainers(q: string): Promise<PaletteEntry[]> {
  if ((await currentEngine()).state !== 'ready') return [];
  const { rows } = await listContainerPage(containerFilter.parse({ q, limit: most }));
  return rows.map(({ id, name }) => ({ kind: 'Container', label: name, href: containerHref(id) }));
}

const toBuild = ({ id, name }: { id: string; name: string }): PaletteEntry => ({
  kind: 'Action',
  label: `Build ${name}`,
  act: { do: 'build', projectId: id },
});

const toPush = (image: Awaited<ReturnType<typeof findImages>>[number]): PaletteEntry => ({
  kind: 'Action',
  label: `Push ${image.label}…`,
  act: { do: 'push', image: image.id, reference: image.reference },
});

/** `build mysite`, `push mysite:1`: what is to be done, and with what; the second may still be missing. */
async function findActions(text: string, user: CurrentUser): Promise<PaletteEntry[]> {
  const [, verb, name = ''] = /^(build|push)(?:\s+(.*))?$/i.exec(text) ?? [];
  if (verb?.toLowerCase() === 'build' && can(user, 'build:start'))
    return (await findProjects(name)).map(toBuild);
  if (verb?.toLowerCase() === 'push' && can(user, 'push:start')) return (await findImages(name)).map(toPush);
  return [];
}

async function findThings(q: string, user: CurrentUser): Promise<PaletteEntry[]> {
  const [projects, builds, images, containers] = await Promise.all([
    findProjects(q),
    findBuilds(q),
    findImages(q),
    findContainers(q),
  ]);
  return [
    ...projects.map(({ id, name }) => ({ kind: 'Project', label: name, href: `/projects/${id}` })),
    ...(can(user, 'build:start') ? projects.map(toBuild) : []),
    ...builds,
    ...images.map(({ id, label }) => ({ kind: 'Image', label, href: imageHref(id) })),
    ...(can(user, 'push:start') ? images.map(toPush) : []),
    ...containers,
  ];
}

const query = z.object({ q: z.string().trim().min(1).max(100) });

/** Projects, builds, images and containers by a part of their name, and what can be done with them, for the palette. */
export const GET = route({
  permission: 'project:read',
  run: async (request, { user }) => {
    const { q } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json((await Promise.all([findActions(q, user), findThings(q, user)])).flat());
  },
});
