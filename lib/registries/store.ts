import 'server-only';
import { db, isUniqueViolation } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { registrySchemes } from '@/lib/registry/choices';
import type { RegistryId } from '@/lib/ids';
import { checkStatuses, type Registry, type RegistryCheck } from './schema';

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof db>['registry']['findUnique']>>>;

/** With the encrypted password: must stay on the server. */
export interface StoredRegistry extends Registry {
  sealedPassword: string | null;
}

const oneOf = <T extends string>(values: readonly T[], text: string | null, otherwise: T): T =>
  values.find((value) => value === text) ?? otherwise;

/** The column contains the message and, on the following lines, the hint. */
function toCheck(row: Row): RegistryCheck | null {
  if (!row.checkedAt || !row.checkStatus) return null;
  const [message = '', ...hint] = (row.checkMessage ?? '').split('\n');
  return {
    status: oneOf(checkStatuses, row.checkStatus, 'failed'),
    message,
    hint: hint.join('\n'),
    at: row.checkedAt.getTime(),
  };
}

const toStored = (row: Row): StoredRegistry => ({
  id: row.id,
  name: row.name,
  host: row.host,
  scheme: oneOf(registrySchemes, row.scheme, 'auto'),
  username: row.username,
  hasPassword: row.sealedPassword !== null,
  local: row.local,
  generatedLogin: row.local && env().registryHtpasswd !== '',
  check: toCheck(row),
  createdAt: row.createdAt.getTime(),
  sealedPassword: row.sealedPassword,
});

export function withoutSecret({ sealedPassword: _sealed, ...registry }: StoredRegistry): Registry {
  return registry;
}

/** The local registry first, then by name. */
export async function listRegistries(): Promise<Registry[]> {
  const rows = await db().registry.findMany({
    orderBy: [{ local: 'desc' }, { name: 'asc' }, { host: 'asc' }],
  });
  return rows.map((row) => withoutSecret(toStored(row)));
}

export async function findStoredRegistry(
  where: { id: RegistryId } | { host: string },
): Promise<StoredRegistry | null> {
  const row = await db().registry.findUnique({ where });
  return row && toStored(row);
}

export async function getStoredRegistry(id: RegistryId): Promise<StoredRegistry> {
  const registry = await findStoredRegistry({ id });
  if (!registry) throw new AppError('not_found', 'This registry does not exist.');
  return registry;
}

export const getRegistry = async (id: RegistryId): Promise<Registry> =>
  withoutSecret(await getStoredRegistry(id));

interface RegistryValues {
  name: string;
  host: string;
  scheme: string;
  username: string | null;
  sealedPassword: string | null;
  local?: boolean;
}

async function refuseSecondHost<T>(host: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = `A registry for ${host} already exists.`;
    throw new AppError('conflict', message, { fields: { host: message }, hint: 'Edit that one instead.' });
  }
}

export async function insertRegistry(id: RegistryId, values: RegistryValues): Promise<void> {
  await refuseSecondHost(values.host, db().registry.create({ data: { id, ...values } }));
}

/** A change of anything but the name resets the state of the last check. */
export async function updateRegistry(id: RegistryId, values: Partial<RegistryValues>): Promise<void> {
  const { name: _name, ...others } = values;
  const unknown = Object.keys(others).length
    ? { checkedAt: null, checkStatus: null, checkMessage: null }
    : {};
  await refuseSecondHost(
    values.host ?? '',
    db().registry.updateMany({ where: { id }, data: { ...values, ...unknown } }),
  );
}

export async function deleteRegistry(id: RegistryId): Promise<void> {
  await db().registry.deleteMany({ where: { id } });
}

/** No-op if the registry was changed or removed during the check. */
export async function recordCheck(checked: StoredRegistry, check: RegistryCheck): Promise<void> {
  const { id, host, scheme, username, sealedPassword } = checked;
  await db().registry.updateMany({
    where: { id, host, scheme, username, sealedPassword },
    data: {
      checkedAt: new Date(check.at),
      checkStatus: check.status,
      checkMessage: [check.message, check.hint].filter(Boolean).join('\n'),
    },
  });
}
