import 'server-only';
import { type Prisma, PrismaClient } from '@/lib/generated/prisma/client';
import { remember } from '@/lib/remember';
import { IsolatedSqlite } from './adapter';
import { databaseFile } from './files';

/**
 * The one connection. An awaited query never leaves the microtask queue (it is synchronous underneath), so a loop of
 * them must give the event loop its turn.
 */
export const db = (): PrismaClient =>
  remember('db', () => new PrismaClient({ adapter: new IsolatedSqlite({ url: `file:${databaseFile()}` }) }));

/**
 * What an open transaction reads and writes through. All else waits for its end: to await `db()` within one is to wait for
 * oneself.
 */
export type Transaction = Prisma.TransactionClient;

/** True once per unique-constraint violation, Prisma's P2002. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: string }).code === 'P2002';
