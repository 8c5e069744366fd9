import 'server-only';
import type { BuildSummary } from '@/lib/builds/schema';
import { lastBuilds } from '@/lib/builds/store';
import { measureProject } from '@/lib/projects/measure';
import type { ProjectSummary } from '@/lib/projects/schema';
import { listProjects } from '@/lib/projects/store';

export interface ProjectRow extends ProjectSummary {
  lastBuild: BuildSummary | null;
}

export async function loadProjectRows(): Promise<ProjectRow[]> {
  const projects = await listProjects();
  const [builds, measures] = await Promise.all([
    lastBuilds(projects.map((project) => project.id)),
    Promise.all(projects.map(measureProject)),
  ]);
  return projects.map((project, index) => ({
    ...project,
    ...measures[index]!,
    lastBuild: builds.get(project.id) ?? null,
  }));
}
