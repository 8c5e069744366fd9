import 'server-only';
import { normaliseHost } from '@/lib/references/host';
import type { Credentials, EngineLogin, RegistryAccess } from '@/lib/registry/access';
import { loginForEngine } from '@/lib/registry/engine-login';
import { seal, unseal } from '@/lib/secrets/seal';
import { findStoredRegistry, type StoredRegistry } from './store';

const contextOf = (id: string, host: string) => `registry:${id}:${host}`;

export const sealPassword = (id: string, host: string, password: string): string =>
  seal(password, contextOf(id, host));

/** Throws an AppError if the key file or the row was modified externally. */
export function credentialsIn(registry: StoredRegistry): Credentials | null {
  const { id, host, username, sealedPassword } = registry;
  if (username === null || sealedPassword === null) return null;
  return { username, password: unseal(sealedPassword, contextOf(id, host)).toString('utf8') };
}

/** Protocol and login of exactly this host and port, for our own client. */
export async function accessFor(host: string): Promise<RegistryAccess> {
  const normal = normaliseHost(host);
  const registry = await findStoredRegistry({ host: normal });
  if (!registry) return { host: normal, scheme: 'auto', credentials: null };
  return { host: normal, scheme: registry.scheme, credentials: credentialsIn(registry) };
}

/** The stored login for exactly this host and port, for an engine; throws if it must not get it. */
export const engineLoginFor = async (host: string): Promise<EngineLogin | null> =>
  loginForEngine(await accessFor(host));
