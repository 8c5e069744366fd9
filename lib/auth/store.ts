import 'server-only';
import { db, isUniqueViolation } from '@/lib/db/client';
import type { Role } from '@/lib/commands/roles';
import type { UserId } from '@/lib/ids';
import { roleSchema } from './schema';

interface UserRow {
  id: string;
  name: string;
  role: Role;
  passwordHash: string;
  createdAt: Date;
  disabledAt: Date | null;
}

/** An unknown role has the permissions of a viewer. */
const withRole = <T extends { role: string }>(row: T): T & { role: Role } => ({
  ...row,
  role: roleSchema.safeParse(row.role).data ?? 'viewer',
});

export async function findUserByName(name: string): Promise<UserRow | null> {
  const row = await db().user.findUnique({ where: { name } });
  return row && withRole(row);
}

export async function findUser(id: string): Promise<UserRow | null> {
  const row = await db().user.findUnique({ where: { id } });
  return row && withRole(row);
}

export async function listUserRows() {
  const rows = await db().user.findMany({
    orderBy: { name: 'asc' },
    include: { loginSessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } },
  });
  return rows.map(withRole);
}

export const hasUsers = async (): Promise<boolean> => (await db().user.count()) > 0;

type NewUser = Pick<UserRow, 'id' | 'name' | 'role' | 'passwordHash'>;

/** False if the name is taken. */
export async function insertUser(user: NewUser): Promise<boolean> {
  try {
    await db().user.create({ data: user });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** A single statement, so that only one of two concurrent calls finds no user. */
export async function insertFirstUser({ id, name, role, passwordHash }: NewUser): Promise<boolean> {
  const inserted = await db().$executeRaw`
    INSERT INTO "User" ("id", "name", "passwordHash", "role", "createdAt")
    SELECT ${id}, ${name}, ${passwordHash}, ${role}, ${new Date()} WHERE NOT EXISTS (SELECT 1 FROM "User")`;
  return inserted === 1;
}

// Each of these three statements protects the last administrator itself: two concurrent ones cannot both succeed.

export const updateRole = async (id: string, role: Role): Promise<boolean> =>
  (await db().$executeRaw`
    UPDATE "User" SET "role" = ${role} WHERE "id" = ${id} AND (${role} = 'admin' OR EXISTS (
      SELECT 1 FROM "User" AS "other" WHERE "other"."id" <> ${id} AND "other"."role" = 'admin'
        AND "other"."disabledAt" IS NULL))`) === 1;

export const disableUserRow = async (id: string, at: Date): Promise<boolean> =>
  (await db().$executeRaw`
    UPDATE "User" SET "disabledAt" = ${at} WHERE "id" = ${id} AND EXISTS (
      SELECT 1 FROM "User" AS "other" WHERE "other"."id" <> ${id} AND "other"."role" = 'admin'
        AND "other"."disabledAt" IS NULL)`) === 1;

export const deleteUserRow = async (id: string): Promise<boolean> =>
  (await db().$executeRaw`
    DELETE FROM "User" WHERE "id" = ${id} AND EXISTS (
      SELECT 1 FROM "User" AS "other" WHERE "other"."id" <> ${id} AND "other"."role" = 'admin'
        AND "other"."disabledAt" IS NULL)`) === 1;

export async function enableUserRow(id: string): Promise<boolean> {
  return (await db().user.updateMany({ where: { id }, data: { disabledAt: null } })).count === 1;
}

export async function updatePasswordHash(id: string, passwordHash: string): Promise<boolean> {
  return (await db().user.updateMany({ where: { id }, data: { passwordHash } })).count === 1;
}

export async function insertLoginSession(session: {
  id: string;
  userId: UserId;
  createdAt: Date;
  lastSeenAt: Date;
  provedAt: Date;
  expiresAt: Date;
  address: string;
  userAgent: string;
}): Promise<void> {
  await db().loginSession.create({ data: session });
}

export async function findLoginSession(id: string) {
  const row = await db().loginSession.findUnique({
    where: { id },
    include: { user: { select: { id: true, name: true, role: true, disabledAt: true } } },
  });
  return row && { ...row, user: withRole(row.user) };
}

/** Of one user, or of all. */
export const listLoginSessionsOf = (userId?: UserId) =>
  db().loginSession.findMany({
    where: { userId },
    orderBy: { lastSeenAt: 'desc' },
    include: { user: { select: { name: true } } },
  });

export async function touchLoginSession(id: string, at: Date): Promise<void> {
  await db().loginSession.updateMany({ where: { id }, data: { lastSeenAt: at } });
}

export async function updateProof(id: string, at: Date): Promise<void> {
  await db().loginSession.updateMany({ where: { id }, data: { provedAt: at } });
}

export async function deleteLoginSession(id: string, userId?: UserId): Promise<boolean> {
  return (await db().loginSession.deleteMany({ where: { id, userId } })).count === 1;
}

/** All login sessions of a user, or all but one. Returns their number. */
export async function deleteLoginSessionsOf(userId: UserId, exceptId?: string): Promise<number> {
  const where = exceptId ? { userId, id: { not: exceptId } } : { userId };
  return (await db().loginSession.deleteMany({ where })).count;
}

/** All but the newest of a user; how many are kept does not depend on a clock. */
export async function keepNewestLoginSessions(userId: UserId, count: number): Promise<void> {
  const rows = await db().loginSession.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    skip: count,
    select: { id: true },
  });
  await db().loginSession.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}
