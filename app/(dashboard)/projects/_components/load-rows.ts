import 'server-only';
import type { BuildSummary } from '@/lib/builds/schema';
import { lastBuilds } from '@/lib/builds/store';
import { measureProject } from '@/lib/projects/measure';
import type { Project } from '@/lib/projects/schema';
import { listProjects } from '@/lib/projects/store';

/** What the list shows, and no more: a browser is sent all of it. */
export interface ProjectRow extends Pick<Project, 'id' | 'name' | 'description'> {
  tags: string[];
  /** Null if the directory is missing. */
  files: number | null;
  bytes: number | null;
  lastBuild: BuildSummary | null;
}

export async function loadProjectRows(): Promise<ProjectRow[]> {
  const projects = await listProjects();
  const [builds, measures] = await Promise.all([
    lastBuilds(projects.map((project) => project.id)),
    Promise.all(projects.map(measureProject)),
  ]);
  return projects.map(({ id, name, description, options }, index) => ({
    id,
    name,
    description,
    tags: options.tags,
    ...measures[index]!,
    lastBuild: builds.get(id) ?? null,
  }));
}
