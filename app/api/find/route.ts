import { z } from 'zod';
import type { PaletteEntry } from '@/app/_components/shell/command-palette';
import { parseInput } from '@/lib/actions/parse';
import { route } from '@/lib/actions/route';
import { listBuilds } from '@/lib/builds/store';
import { listContainerPage } from '@/lib/containers/list';
import { containerFilter, containerHref } from '@/lib/containers/schema';
import { currentEngine } from '@/lib/operations/engine-watch';
import { listImagePage } from '@/lib/images/list';
import { imageFilter, imageHref } from '@/lib/images/schema';
import { listProjects } from '@/lib/projects/store';

/** Of each kind: more is a matter for that kind's own list. */
const most = 5;

async function findImages(q: string): Promise<PaletteEntry[]> {
  if ((await currentEngine()).state !== 'ready') return []; // everything else can still be found
  const { rows } = await listImagePage(imageFilter.parse({ q, limit: most }));
  return rows.map(({ id, tags }) => ({
    kind: 'Image',
    label: tags[0] ?? id.slice(7, 19),
    href: imageHref(id),
  }));
}

async function findProjects(q: string): Promise<PaletteEntry[]> {
  const wanted = q.toLowerCase();
  return (await listProjects())
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, most)
    .map(({ id, name }) => ({ kind: 'Project', label: name, href: `/projects/${id}` }));
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

const query = z.object({ q: z.string().trim().min(1).max(100) });

/** Projects, builds, images and containers by a part of their name, for the palette. */
export const GET = route({
  permission: 'project:read',
  run: async (request) => {
    const { q } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    const found = await Promise.all([findProjects(q), findBuilds(q), findImages(q), findContainers(q)]);
    return Response.json(found.flat());
  },
});
