import 'server-only';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;

/**
 * Excludes other queries from an open transaction. There is one connection, and SQLite treats every statement between
 * BEGIN and COMMIT as part of the transaction: a rollback would undo it.
 */
function isolate(connection: Connection): Connection {
  const transaction: { open?: Promise<void> } = {};
  const turn = async () => {
    while (transaction.open) await transaction.open;
  };
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    ...(connection.getConnectionInfo && {
      getConnectionInfo: () => connection.getConnectionInfo!(),
    }),
    async queryRaw(query) {
      await turn();
      return connection.queryRaw(query);
    },
    async executeRaw(query) {
      await turn();
      return connection.executeRaw(query);
    },
    async executeScript(script) {
      await turn();
      return connection.executeScript(script);
    },
    async startTransaction(level) {
      await turn();
      let close = () => {};
      transaction.open = new Promise((resolve) => {
        close = () => {
          delete transaction.open;
          resolve();
        };
      });
      try {
        const started = await connection.startTransaction(level);
        // Prisma calls one of these at the end of every transaction, also after a timeout.
        for (const end of ['commit', 'rollback'] as const) {
          const run = started[end].bind(started);
          started[end] = () => run().finally(close);
        }
        return started;
      } catch (error) {
        close();
        throw error;
      }
    },
    dispose: () => connection.dispose(),
  };
}

export class IsolatedSqlite extends PrismaBetterSqlite3 {
  override async connect(): Promise<Connection> {
    return isolate(await super.connect());
  }
}
