import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { env } from '@/lib/env';
import { messageOf } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { parseHost } from '@/lib/references/host';
import { checkRegistry } from './check';
import { ensureGeneratedLogin } from './generated-login';
import { findStoredRegistry, insertRegistry, listRegistries, updateRegistry } from './store';

/**
 * At start-up: stores the registry that bin/start runs, gives it its login, and unmarks one that it no longer runs.
 */
export async function ensureLocalRegistry(): Promise<void> {
  const parsed = env().localRegistry ? parseHost(env().localRegistry) : null;
  if (parsed && !parsed.ok) throw new Error(`LAYERWRIGHT_LOCAL_REGISTRY: ${parsed.reason}`);
  for (const registry of await listRegistries()) {
    if (registry.local && registry.host !== parsed?.host) await updateRegistry(registry.id, { local: false });
  }
  if (!parsed) return;
  const known = await findStoredRegistry({ host: parsed.host });
  if (!known) {
    const login = { username: null, sealedPassword: null };
    const scheme = parsed.scheme ?? 'http';
    await insertRegistry(newId(), {
      name: 'Local registry',
      host: parsed.host,
      scheme,
      local: true,
      ...login,
    });
  } else if (!known.local) {
    // Another program may have had this port and received the login: a generated one is replaced.
    const login = env().registryHtpasswd ? { username: null, sealedPassword: null } : {};
    await updateRegistry(known.id, { local: true, ...login });
  }
  await ensureGeneratedLogin(parsed.host);
}

/** Checks the local registry at start-up, so that its state is known. Never throws: it is checked again on demand. */
export async function checkLocalRegistry(engine: Engine): Promise<void> {
  try {
    const local = (await listRegistries()).find((registry) => registry.local);
    if (local) await checkRegistry(engine, local.id);
  } catch (error) {
    console.error(`The local registry could not be checked: ${messageOf(error)}`);
  }
}
