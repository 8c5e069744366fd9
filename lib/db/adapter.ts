import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Transaction = Awaited<ReturnType<Connection['startTransaction']>>;

/** A statement that finds the database locked by another process is tried again for so long. */
export const busyWaitMs = 10_000;
const firstRetryMs = 20;
const slowestRetryMs = 250;

const isBusy = (error: unknown) => {
  const cause = error instanceof Error ? (error.cause as { originalCode?: string } | undefined) : undefined;
  return cause?.originalCode?.startsWith('SQLITE_BUSY') ?? false;
};

/** SQLite's own busy timeout would stop the whole server: it waits synchronously. */
async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + busyWaitMs;
  for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(pauseMs * 2, slowestRetryMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}

/**
 * Excludes other queries from an open transaction. There is one connection, and SQLite treats every statement between
 * BEGIN and COMMIT as part of the transaction: a rollback would undo it.
 */
function isolate(connection: Connection): Connection {
  const transaction: { open?: Promise<void> } = {};
  /** Nothing may be awaited between the look at `open` and the statement, which is sent synchronously. */
  const outside = <T>(send: () => Promise<T>) =>
    retryBusy(async () => {
      while (transaction.open) await transaction.open;
      return send();
    });

  function begin(): Promise<Transaction> {
    // Immediate: it takes the write lock now or not at all. A deferred one could find it taken in the middle.
    const begun = connection.executeScript('BEGIN IMMEDIATE');
    let close = () => {};
    transaction.open = new Promise((resolve) => {
      close = () => {
        delete transaction.open;
        resolve();
      };
    });
    const savepoint = (sql: string) => connection.executeScript(sql);
    const started: Transaction = {
      provider: connection.provider,
      adapterName: connection.adapterName,
      options: { usePhantomQuery: false },
      queryRaw: (query) => connection.queryRaw(query),
      executeRaw: (query) => retryBusy(() => connection.executeRaw(query)),
      createSavepoint: (name) => savepoint(`SAVEPOINT ${name}`),
      rollbackToSavepoint: (name) => savepoint(`ROLLBACK TO ${name}`),
      releaseSavepoint: (name) => savepoint(`RELEASE SAVEPOINT ${name}`),
      // Prisma calls one of the two at the end of every transaction, also of one that timed out.
      commit: async () => close(),
      rollback: async () => {
        try {
          await connection.executeScript('ROLLBACK'); // still open after a COMMIT that failed
        } catch {
          // it is over: rolled back by Prisma's own statement, or by SQLite where the disk is full
        } finally {
          close();
        }
      },
    };
    return begun.then(() => started);
  }

  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    ...(connection.getConnectionInfo && {
      getConnectionInfo: () => connection.getConnectionInfo!(),
    }),
    queryRaw: (query) => outside(() => connection.queryRaw(query)),
    executeRaw: (query) => outside(() => connection.executeRaw(query)),
    executeScript: (script) => outside(() => connection.executeScript(script)),
    startTransaction: () => outside(async () => begin()),
    dispose: () => connection.dispose(),
  };
}

export class IsolatedSqlite extends PrismaBetterSqlite3 {
  constructor(file: string) {
    super({ url: `file:${file}`, timeout: 0 });
  }

  override async connect(): Promise<Connection> {
    const connection = await super.connect();
    // Acknowledged writes must survive a power failure: https://sqlite.org/pragma.html#pragma_synchronous
    await connection.executeScript('PRAGMA synchronous = FULL');
    return isolate(connection);
  }
}
