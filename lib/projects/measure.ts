import 'server-only';
import { remember } from '@/lib/remember';
import { contextRoot } from '@/lib/contexts/files';
import { walkContext } from '@/lib/contexts/walk';
import { projectDirectory } from './files';
import type { Project } from './schema';

interface Measure {
  files: number | null;
  bytes: number | null;
}

/** Files change only through this app, which updates the project: `updatedAt` is the key of the cache. */
const known = () =>
  remember('project-sizes', () => new Map<string, { at: number; measure: Promise<Measure> }>());

async function count(project: Project): Promise<Measure> {
  let files = 0;
  let bytes = 0;
  try {
    for await (const entries of walkContext(await contextRoot(projectDirectory(project))))
      for (const entry of entries) {
        if (entry.type !== 'directory') files += 1;
        bytes += entry.size;
      }
    return { files, bytes };
  } catch {
    return { files: null, bytes: null }; // the directory is missing: the page reports it
  }
}

/** Number and total size of a project's files. */
export function measureProject(project: Project): Promise<Measure> {
  const before = known().get(project.id);
  if (before?.at === project.updatedAt) return before.measure;
  const measure = count(project);
  known().set(project.id, { at: project.updatedAt, measure });
  return measure;
}
