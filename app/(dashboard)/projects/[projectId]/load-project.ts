import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requirePermission } from '@/lib/auth/require-user';
import { readableValues } from '@/lib/commands/values';
import { projectId } from '@/lib/projects/schema';
import { findProject } from '@/lib/projects/store';

/** The project of an address as the user may see it, read once for the page and its layout. */
export const loadProject = cache(async (id: string) => {
  const user = await requirePermission('project:read');
  const project = projectId.safeParse(id).success ? await findProject(id) : null;
  if (!project) notFound();
  const buildArgs = readableValues(user, project.options.buildArgs);
  return { ...project, options: { ...project.options, buildArgs } };
});
