/**
 * Writes and checks migrations, for developers: `node bin/migration.js new <name>` and `node bin/migration.js check`.
 * Prisma's own `migrate` downloads an engine; npm has the same engine as WASM, which is called here directly. The app
 * does not need it: lib/db/migrate.ts applies the SQL files.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.dirname(import.meta.dirname);
const schemaFile = path.join(root, 'prisma/schema.prisma');
const migrationsDirectory = path.join(root, 'prisma/migrations');

/** The folder name of the next migration: a four-digit number, one above the highest, and the given name. */
export function nextMigration(/** @type {string[]} */ existing, /** @type {string} */ name) {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('A migration is named in lower case: a-z, 0-9 and _.');
  const highest = Math.max(0, ...existing.map((folder) => Number.parseInt(folder, 10) || 0));
  return `${String(highest + 1).padStart(4, '0')}_${name}`;
}

const listMigrations = () =>
  existsSync(migrationsDirectory)
    ? readdirSync(migrationsDirectory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .toSorted()
    : [];

/** The migrations in the format of the schema engine. */
function readMigrations() {
  const lock = path.join(migrationsDirectory, 'migration_lock.toml');
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: listMigrations().map((folder) => ({
      path: folder,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok',
          value: readFileSync(path.join(migrationsDirectory, folder, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

/** The schema engine on an SQLite file. At most once per process: a second instance breaks the first. */
async function openEngine(/** @type {string} */ databaseFile) {
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(/** @type {string} */ message) {
        throw new Error(`The schema engine panicked: ${message}`);
      },
    },
  });
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const glue = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href);
  const code = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(code, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();
  const factory = bindMigrationAwareSqlAdapterFactory(
    new PrismaBetterSqlite3({ url: `file:${databaseFile}` }),
  );
  const datamodels = [[schemaFile, readFileSync(schemaFile, 'utf8')]];
  return glue.SchemaEngine.new({ datamodels }, () => undefined, factory);
}

/**
 * The SQL from the migrations to schema.prisma; null if they agree. The migrations are applied to a scratch database,
 * because the engine's own command needs a shadow database, which it does not support for SQLite.
 * @returns {Promise<string | null>}
 */
async function missingSql() {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'layerwright-migration-'));
  try {
    const engine = await openEngine(path.join(scratch, 'shadow.db'));
    const filters = { externalTables: [], externalEnums: [] };
    const schema = { files: [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }] };
    await engine.applyMigrations({ migrationsList: readMigrations(), filters });
    const answer = await engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: path.dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true,
      filters,
    });
    return answer.exitCode === 0 ? null : answer.stdout;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function main(/** @type {string | undefined} */ command, /** @type {string | undefined} */ name) {
  if (command === 'new' && name) {
    const folder = nextMigration(listMigrations(), name);
    const sql = await missingSql();
    if (sql === null) return console.log('The migrations already say what schema.prisma says.');
    mkdirSync(path.join(migrationsDirectory, folder), { recursive: true });
    writeFileSync(path.join(migrationsDirectory, folder, 'migration.sql'), sql);
    writeFileSync(path.join(migrationsDirectory, 'migration_lock.toml'), 'provider = "sqlite"\n');
    return console.log(`Wrote prisma/migrations/${folder}/migration.sql. Read it before you commit it.`);
  }
  if (command === 'check') {
    const sql = await missingSql();
    if (sql === null) return console.log('The migrations say what schema.prisma says.');
    console.error(`The migrations lack this (make one with npm run db:migration -- <name>):\n\n${sql}`);
    process.exitCode = 2;
    return;
  }
  console.error('node bin/migration.js new <name> | check');
  process.exitCode = 64; // sysexits.h: EX_USAGE
}

if (process.argv[1] === import.meta.filename) await main(process.argv[2], process.argv[3]);
