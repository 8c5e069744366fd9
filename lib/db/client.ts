import 'server-only';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '@/lib/generated/prisma/client';
import { remember } from '@/lib/remember';
import { databaseFile } from './files';

/**
 * The one connection. An awaited query never leaves the microtask queue (it is synchronous underneath), so a loop of
 * them must give the event loop its turn.
 */
export const db = (): PrismaClient =>
  remember(
    'db',
    () => new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${databaseFile()}` }) }),
  );

/** True once per unique-constraint violation, Prisma's P2002. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: string }).code === 'P2002';
