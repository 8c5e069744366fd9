import 'server-only';
import { loadState } from '@/lib/operations/load-state';
import { listContextFiles } from './context-files';
import { diffFiles, type FileChange } from './file-changes';
import type { BuildDetails } from './schema';
import { findBuildBefore } from './store';
import type { BuildRecord } from './cause';
import { explainMisses, type Explanation } from './why';

async function loadRecord(build: BuildDetails): Promise<BuildRecord> {
  const { steps } = await loadState(build.id);
  return { ...build, steps };
}

/** What changed between the files of two builds; null where the list of one was not kept. */
export async function loadFileChanges(before: BuildDetails, now: BuildDetails): Promise<FileChange[] | null> {
  if (before.contextDigest === null || now.contextDigest === null) return null;
  // The same digest over all: the lists, which may be long, need not be read.
  if (before.contextDigest === now.contextDigest) return [];
  const [old, young] = await Promise.all([listContextFiles(before.id), listContextFiles(now.id)]);
  return diffFiles(old, young);
}

/** Why steps of an ended build ran again, against the build of its project before it. */
export async function explainBuild(
  build: BuildDetails,
): Promise<{ before: BuildDetails | null; explanation: Explanation }> {
  const before = await findBuildBefore(build);
  const changes = before && (await loadFileChanges(before, build));
  const explanation = explainMisses(before && (await loadRecord(before)), await loadRecord(build), changes);
  return { before, explanation };
}
