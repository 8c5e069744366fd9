import 'server-only';
import { earliestNow } from '@/lib/clock';
import { readBuildSettings } from './settings';
import { deleteBuilds, listExpired } from './store';

const day = 24 * 60 * 60 * 1000;

/** Deletes the history that the settings do not keep. Returns how many builds. */
export async function expireBuilds(now = earliestNow()): Promise<number> {
  const { keepDays, keepPerProject } = await readBuildSettings();
  const before = keepDays ? new Date(now - keepDays * day) : null;
  const ids = await listExpired(before, keepPerProject);
  return ids.length ? deleteBuilds(ids) : 0;
}
