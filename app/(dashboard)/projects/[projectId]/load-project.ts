import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { projectId } from '@/lib/projects/schema';
import { findProject } from '@/lib/projects/store';

/** The project of an address, read once for the page and its layout. */
export const loadProject = cache(async (id: string) => {
  const project = projectId.safeParse(id).success ? await findProject(id) : null;
  return project ?? notFound();
});
