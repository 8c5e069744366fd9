import 'server-only';
import { lastBuilds } from '@/lib/builds/store';
import { listLatestPushes } from '@/lib/images/latest-pushes';
import type { Project } from '@/lib/projects/schema';
import { listRegistries } from '@/lib/registries/store';
import { chooseNextSteps, type NextStep } from './next-steps';

/** A longer list would not be read. */
const most = 6;

export async function loadNextSteps(projects: Project[]): Promise<NextStep[]> {
  const [builds, { pushes, pushedImages }, registries] = await Promise.all([
    lastBuilds(projects.map(({ id }) => id)),
    listLatestPushes(),
    listRegistries(),
  ]);
  return chooseNextSteps({ projects, lastBuilds: builds, pushes, pushedImages, registries }, most);
}
