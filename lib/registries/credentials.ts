import 'server-only';
import { normaliseHost } from '@/lib/references/host';
import type { Credentials, RegistryAccess } from '@/lib/registry/access';
import { seal, unseal } from '@/lib/secrets/seal';
import { findStoredRegistry, type StoredRegistry } from './store';

const contextOf = (id: string, host: string) => `registry:${id}:${host}`;

export const sealPassword = (id: string, host: string, password: string): string =>
  seal(password, contextOf(id, host));

/** Throws AppError where the key file or the row was changed behind our back. */
export function credentialsIn(registry: StoredRegistry): Credentials | null {
  const { id, host, username, sealedPassword } = registry;
  if (username === null || sealedPassword === null) return null;
  return { username, password: unseal(sealedPassword, contextOf(id, host)).toString('utf8') };
}

/** The login stored for exactly this host, with its port; never another's. */
export async function credentialsFor(host: string): Promise<Credentials | null> {
  const registry = await findStoredRegistry({ host: normaliseHost(host) });
  return registry && credentialsIn(registry);
}

/** How to speak to a registry: with its login where one is stored. */
export async function accessFor(host: string): Promise<RegistryAccess> {
  const normal = normaliseHost(host);
  const registry = await findStoredRegistry({ host: normal });
  if (!registry) return { host: normal, scheme: 'auto', credentials: null };
  return { host: normal, scheme: registry.scheme, credentials: credentialsIn(registry) };
}
