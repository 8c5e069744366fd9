import 'server-only';
import { listRegistries } from '@/lib/registries/store';
import type { PullRegistry } from './schema';

/** Stored registries, as the form to pull offers them: never with a password. */
export async function listPullRegistries(): Promise<PullRegistry[]> {
  const registries = await listRegistries();
  return registries.map(({ host, name, username }) => ({ host, name, username }));
}
