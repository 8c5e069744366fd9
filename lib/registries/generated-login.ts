import 'server-only';
import { randomBytes } from 'node:crypto';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { env } from '@/lib/env';
import { AppError, messageOf } from '@/lib/errors';
import type { RegistryId } from '@/lib/ids';
import type { Credentials } from '@/lib/registry/access';
import { htpasswdLine } from '@/lib/registry/htpasswd';
import { credentialsIn, sealPassword } from './credentials';
import { findStoredRegistry, getStoredRegistry, type StoredRegistry, updateRegistry } from './store';

const generatedUser = 'layerwright';

/** The registry accepts this login from then on, and no other. */
async function writePasswordFile({ username, password }: Credentials): Promise<void> {
  const file = env().registryHtpasswd;
  const fresh = `${file}.new`;
  await writeFile(fresh, await htpasswdLine(username, password), { mode: 0o600 });
  await chmod(fresh, 0o640); // the group is the registry's, where that is another user (bin/registry.js)
  await rename(fresh, file);
}

/** The stored login, if it is a generated one that can be decrypted. */
function storedLogin(registry: StoredRegistry): Credentials | null {
  if (registry.username !== generatedUser) return null;
  try {
    return credentialsIn(registry);
  } catch (error) {
    console.error(`The local registry gets a new password: ${messageOf(error)}`);
    return null;
  }
}

async function makeLogin({ id, host }: StoredRegistry): Promise<Credentials> {
  const password = randomBytes(24).toString('base64url');
  const sealedPassword = sealPassword(id, host, password);
  await updateRegistry(id, { username: generatedUser, sealedPassword });
  return { username: generatedUser, password };
}

/** Gives the registry that bin/start runs its login: the stored one, otherwise a new one. */
export async function ensureGeneratedLogin(host: string): Promise<void> {
  const registry = await findStoredRegistry({ host });
  if (!registry?.generatedLogin) return;
  await writePasswordFile(storedLogin(registry) ?? (await makeLogin(registry)));
}

async function getWithGeneratedLogin(id: RegistryId): Promise<StoredRegistry> {
  const registry = await getStoredRegistry(id);
  if (!registry.generatedLogin)
    throw new AppError('conflict', 'The login of this registry was entered, and is not shown again.');
  return registry;
}

/** The login, for use outside of Layerwright. No other stored password can be read. */
export async function revealGeneratedLogin(id: RegistryId): Promise<Credentials> {
  const login = credentialsIn(await getWithGeneratedLogin(id));
  if (!login) throw new AppError('not_found', 'This registry has no login yet.');
  return login;
}

/** A new password; the former one is refused at once. */
export const renewGeneratedLogin = async (id: RegistryId): Promise<void> =>
  writePasswordFile(await makeLogin(await getWithGeneratedLogin(id)));
