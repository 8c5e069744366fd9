import 'server-only';
import { type Prisma, PrismaClient } from '@/lib/generated/prisma/client';
import { remember } from '@/lib/remember';
import { busyWaitMs, IsolatedSqlite } from './adapter';
import { databaseFile } from './files';

/**
 * The only connection. Awaited queries stay in the microtask queue (they are synchronous underneath), so a loop of
 * queries must yield to the event loop.
 */
export const db = (): PrismaClient =>
  remember(
    'db',
    () =>
      new PrismaClient({
        adapter: new IsolatedSqlite(databaseFile()),
        // Whoever waits for a transaction waits for a locked database and for all transactions before it.
        transactionOptions: { maxWait: 4 * busyWaitMs },
        // By default 1000. Each number of rows that are written at once has a plan of its own, with up to a thousand objects.
        queryPlanCacheMaxSize: 300,
      }),
  );

/**
 * The client of an open transaction. Other queries wait for its end: awaiting `db()` within a transaction deadlocks.
 */
export type Transaction = Prisma.TransactionClient;

/** Whether the error is a violation of a unique constraint, Prisma's P2002. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: string }).code === 'P2002';
