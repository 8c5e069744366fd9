import 'server-only';
import { AppError } from '@/lib/errors';
import { seal, unseal } from '@/lib/secrets/seal';
import type { ProjectId } from '@/lib/ids';
import { deleteSecret, findSecrets, listSecretRows, upsertSecret } from './store';

/** The engine keeps a secret in memory during a build. */
const maxSecretBytes = 512 * 1024;

const contextOf = (projectId: ProjectId, name: string) => `project:${projectId}:secret:${name}`;

/** Stores a value encrypted: it can be replaced and used by builds, but not read. */
export async function setSecret(projectId: ProjectId, name: string, value: string | Buffer): Promise<void> {
  const bytes = Buffer.from(value);
  if (bytes.length > maxSecretBytes) throw new AppError('too_large', 'A secret has at most 512 KiB.');
  await upsertSecret(projectId, name, seal(bytes, contextOf(projectId, name)));
}

export const removeSecret = (projectId: ProjectId, name: string): Promise<void> =>
  deleteSecret(projectId, name);

export const listSecretNames = (projectId: ProjectId): Promise<{ name: string; updatedAt: number }[]> =>
  listSecretRows(projectId);

/** For builds only: the values of the named secrets; default: all. */
export async function openSecrets(projectId: ProjectId, names?: string[]): Promise<Record<string, Buffer>> {
  const rows = await findSecrets(projectId);
  const wanted = names ?? rows.map((row) => row.name);
  const entries = wanted.map((name): [string, Buffer] => {
    const row = rows.find((other) => other.name === name);
    if (!row)
      throw new AppError('invalid_input', `The project has no secret “${name}”.`, {
        hint: 'Add it under Secrets, or disable it in the options.',
      });
    return [name, unseal(row.sealed, contextOf(projectId, name))];
  });
  return Object.fromEntries(entries);
}
