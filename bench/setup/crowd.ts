import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { callEngine } from '@/bin/docker-api.js';
import { packTar } from '@/bin/tar.js';
import type { App } from '@/e2e/setup/app';

/** Tables whose rows are copied unchanged, except for the operation. */
const copied = ['EventChunk', 'LogRange', 'Step'] as const;

const columnsOf = (database: Database.Database, table: string): string[] =>
  (database.prepare(`PRAGMA table_info("${table}")`).all() as { name: string }[]).map(({ name }) => name);

/** Copies a row, with some columns replaced by SQL expressions. */
function copyRow(database: Database.Database, table: string, changes: Record<string, string>) {
  const columns = columnsOf(database, table);
  const values = columns.map((column) => changes[column] ?? `"${column}"`);
  const key = table === 'Operation' ? 'id' : 'operationId';
  const names = columns.map((column) => `"${column}"`).join(', ');
  return database.prepare(
    `INSERT INTO "${table}" (${names}) SELECT ${values.join(', ')} FROM "${table}" WHERE "${key}" = @from`,
  );
}

/**
 * Copies builds with all their stored data until there are enough. The app must be stopped, because it is the only
 * writer of its database. The copies are older than the originals.
 */
export function copyBuilds(app: App, originals: readonly string[], wanted: number): void {
  const database = new Database(path.join(app.dataDirectory, 'layerwright.db'));
  try {
    const { count } = database.prepare('SELECT count(*) AS count FROM "Build"').get() as { count: number };
    const operation = copyRow(database, 'Operation', { id: '@id', status: '@status' });
    const build = copyRow(database, 'Build', { operationId: '@id', number: '@number' });
    const rest = copied.map((table) => copyRow(database, table, { operationId: '@id' }));
    database.transaction(() => {
      for (let index = count; index < wanted; index += 1) {
        const from = originals[index % originals.length];
        // Ids sort by time: leading zeros are long ago.
        const id = `0000000000${index.toString(36).padStart(6, '0')}`;
        const status = index % 2 === 0 ? 'failed' : 'succeeded';
        operation.run({ from, id, status });
        build.run({ from, id, number: index + 1 });
        for (const copy of rest) copy.run({ from, id });
      }
    })();
  } finally {
    database.close();
  }
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Real images, loaded as by `docker load`: a shared layer, and one of fifty on top. */
export async function loadImages(address: string, from: number, to: number): Promise<void> {
  const layer = (name: string) =>
    packTar([{ path: `${name}.txt`, type: 'file', content: Buffer.from(name.repeat(200)) }]);
  const ground = layer('ground');
  const tops = Array.from({ length: 50 }, (_, index) => layer(`top-${index}`));
  const files: Parameters<typeof packTar>[0] = [];
  const add = (name: string, content: Buffer) => files.push({ path: name, type: 'file', content });
  add('ground.tar', ground);
  for (const [index, top] of tops.entries()) add(`top-${index}.tar`, top);
  const manifest = [];
  for (let index = from; index < to; index += 1) {
    const top = index % tops.length;
    const created = new Date(Date.UTC(2024, 0, 1, 0, index)).toISOString();
    const config = asJson({
      architecture: 'amd64',
      os: 'linux',
      created,
      config: { Labels: { number: String(index) }, Cmd: ['sh'] },
      rootfs: { type: 'layers', diff_ids: [ground, tops[top]!].map((tar) => `sha256:${sha256(tar)}`) },
      history: [
        { created, created_by: 'ADD ground.tar /' },
        { created, created_by: `RUN /bin/sh -c make number ${index}` },
      ],
    });
    const name = `${sha256(config)}.json`;
    add(name, config);
    manifest.push({
      Config: name,
      RepoTags: [`crowd/image-${index}:latest`],
      Layers: ['ground.tar', `top-${top}.tar`],
    });
  }
  add('manifest.json', asJson(manifest));
  const body = packTar(files);
  const { status, text } = await callEngine(address, '/images/load?quiet=1', {
    method: 'POST',
    body,
    timeoutMs: 180_000,
  });
  if (status !== 200 || text.includes('"error"')) throw new Error(`The images were not loaded: ${text}`);
}
