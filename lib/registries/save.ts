import 'server-only';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { sealPassword } from './credentials';
import type { EditRegistryInput, NewRegistryInput } from './schema';
import { getStoredRegistry, insertRegistry, updateRegistry } from './store';

/** Returns the id. */
export async function addRegistry(input: NewRegistryInput): Promise<string> {
  const id = newId();
  await insertRegistry(id, {
    name: input.name || input.host,
    host: input.host,
    scheme: input.scheme,
    username: input.username || null,
    sealedPassword: input.username ? sealPassword(id, input.host, input.password) : null,
  });
  return id;
}

const askAgain = (message: string) =>
  new AppError('invalid_input', message, { fields: { password: message } });

/**
 * An empty password keeps the stored one, but only for the same host and user: otherwise a user who may edit
 * registries could have its password sent to another host.
 */
export async function editRegistry(input: EditRegistryInput): Promise<void> {
  const before = await getStoredRegistry(input.id);
  const moved = before.host !== input.host || before.scheme !== input.scheme;
  if (before.local && moved) {
    const message = 'This registry is run by Layerwright: its address is a server setting.';
    throw new AppError('conflict', message, { fields: { host: message } });
  }
  const loginChanged = input.password !== '' || input.username !== (before.username ?? '');
  if (before.generatedLogin && loginChanged) {
    const message = 'This registry is run by Layerwright, which makes its login.';
    throw new AppError('conflict', message, { fields: { username: message } });
  }
  const name = input.name || input.host;
  if (!moved && !loginChanged) {
    await updateRegistry(input.id, { name });
    return;
  }
  if (input.username !== '' && input.password === '') {
    if (before.sealedPassword === null) throw askAgain('Enter the password or access token of this user.');
    throw askAgain(
      moved
        ? 'Enter the password again: the stored one is only sent to the address it was entered for.'
        : 'Enter the password of this user: the stored one belongs to the previous user name.',
    );
  }
  await updateRegistry(input.id, {
    name,
    host: input.host,
    scheme: input.scheme,
    username: input.username || null,
    sealedPassword: input.username ? sealPassword(input.id, input.host, input.password) : null,
  });
}
