import {
  connect,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { once } from 'node:events';
import { createServer, connect as connectSocket, type AddressInfo, type Server, type Socket } from 'node:net';
import protobuf from 'protobufjs/minimal.js';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { parsePatterns } from '@/lib/contexts/ignore';
import { rulesOf } from '@/lib/contexts/rules';
import { makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';
import { syncDirectory, type SyncCounts, type SyncedDirectory } from './file-sync';
import { readMessages, serveGrpc } from './grpc';
import { packetTypes, readFields, readPacket } from './wire';

const { Reader, Writer } = protobuf;

/** The engine's side of a session: it asks for a directory as BuildKit's fsutil does. */
let server: Server;
let client: ClientHttp2Session;
let counts: SyncCounts;
const directories = new Map<string, SyncedDirectory>();

beforeEach(async () => {
  counts = { entries: 0, requested: 0, bytes: 0 };
  const handlers = new Map([
    ['/sync', (call: Parameters<typeof syncDirectory>[0]) => syncDirectory(call, directories, counts)],
  ]);
  server = createServer((socket: Socket) => serveGrpc(socket, handlers)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = connect('http://engine', { createConnection: () => connectSocket(port, '127.0.0.1') });
});

afterEach(() => {
  client.destroy();
  server.close();
});

afterAll(removeDirectories);

const frame = (message: Uint8Array) => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};
const packet = (type: number, id = 0) =>
  frame(Writer.create().uint32(8).int32(type).uint32(24).uint32(id).finish());

interface Stat {
  path: string;
  mode: number;
  size: number;
  linkname: string;
}

function readStat(bytes: Uint8Array): Stat {
  const reader = Reader.create(bytes);
  const stat: Stat = { path: '', mode: 0, size: 0, linkname: '' };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) stat.path = reader.string();
    else if (tag >>> 3 === 2) stat.mode = reader.uint32();
    else if (tag >>> 3 === 5) stat.size = Number(reader.int64());
    else if (tag >>> 3 === 7) stat.linkname = reader.string();
    else reader.skipType(tag & 7);
  }
  return stat;
}

/** Asks for a directory, wants every file of it, and answers what came. */
async function receive(headers: OutgoingHttpHeaders, want: (stat: Stat) => boolean = () => true) {
  const stream = client.request({
    ':method': 'POST',
    ':path': '/sync',
    'content-type': 'application/grpc',
    ...headers,
  });
  let status: IncomingHttpHeaders = {};
  stream.on('trailers', (trailers: IncomingHttpHeaders) => (status = trailers));
  const stats: Stat[] = [];
  const content = new Map<string, Buffer[]>();
  let open = 0;
  let listed = false;
  const finishIfDone = () => listed && open === 0 && stream.write(packet(packetTypes.finish));
  for await (const message of readMessages(stream as AsyncIterable<Buffer>)) {
    const { type, id, data } = readPacket(message);
    if (type === packetTypes.stat) {
      const stat = readFields(message).get(2);
      if (stat) {
        const entry = readStat(stat);
        stats.push(entry);
        if ((entry.mode & 0o777_0000_0000) === 0 && entry.mode < 0x0800_0000 && want(entry)) {
          open++;
          stream.write(packet(packetTypes.request, stats.length - 1));
        }
      } else listed = true;
      finishIfDone();
    } else if (type === packetTypes.data) {
      const { path } = stats[id]!;
      const chunks = content.get(path) ?? [];
      content.set(path, chunks);
      if (data.length > 0) chunks.push(Buffer.from(data));
      else {
        open--;
        finishIfDone();
      }
    } else if (type === packetTypes.finish) stream.end();
  }
  const files = new Map([...content].map(([path, chunks]) => [path, Buffer.concat(chunks)]));
  return {
    stats,
    files,
    code: status['grpc-status'],
    message: decodeURIComponent([status['grpc-message'] ?? ''].flat().join('')),
  };
}

test('a directory goes over whole: files of any size, links as links', async () => {
  const big = Buffer.alloc(3_000_000, 'abc');
  const root = makeDirectory({
    big,
    empty: '',
    'ü/x': 'y',
    link: '-> /etc/passwd',
    'exact/64': Buffer.alloc(65_536),
  });
  directories.set('context', { root });
  const { stats, files, code } = await receive({ 'dir-name': 'context' });
  expect(code).toBe('0');
  expect(stats.map((stat) => stat.path)).toEqual(['big', 'empty', 'exact', 'exact/64', 'link', 'ü', 'ü/x']);
  expect(stats[4]).toMatchObject({ linkname: '/etc/passwd', size: 0 });
  expect(files.get('big')!.equals(big)).toBe(true);
  expect(files.get('exact/64')).toHaveLength(65_536);
  expect(files.get('empty')).toHaveLength(0);
  expect(files.get('ü/x')!.toString()).toBe('y');
  expect(counts).toEqual({ entries: 7, requested: 4, bytes: 3_000_000 + 65_536 + 1 });
});

test('given files go over as they are, whatever is on the disk', async () => {
  const files = new Map([
    ['a/ü/Dockerfile', Buffer.from('FROM a')],
    ['a/ü/Dockerfile.dockerignore', Buffer.alloc(0)],
  ]);
  directories.set('dockerfile', { files });
  const received = await receive({ 'dir-name': 'dockerfile', followpaths: 'dockerfile' });
  expect(received.stats.map(({ path, size }) => `${path} ${size}`)).toEqual([
    'a 0',
    'a/ü 0',
    'a/ü/Dockerfile 6',
    'a/ü/Dockerfile.dockerignore 0',
  ]);
  expect(received.files).toEqual(files);
  expect(received.code).toBe('0');
});

test('a thousand files go over at once, eight open at a time', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `f${String(index).padStart(4, '0')}`);
  const root = makeDirectory(Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  directories.set('context', { root });
  const { files } = await receive({ 'dir-name': 'context' });
  expect(files.size).toBe(1000);
  for (const [path, content] of files) expect(content.toString()).toBe(`content of ${path}`);
});

test('only what the engine wants is listed, with what its links lead to', async () => {
  directories.set('context', {
    root: makeDirectory({ 'a/link': '-> ../b/h', 'b/h': 'h', 'b/other': '', c: '', 'ünï/x': '' }),
  });
  const paths = async (headers: OutgoingHttpHeaders) =>
    (await receive({ 'dir-name': 'context', ...headers })).stats.map((stat) => stat.path);
  expect(await paths({ followpaths: ['a/link'] })).toEqual(['a', 'a/link', 'b', 'b/h']);
  expect(await paths({ followpaths: ['c', 'b/*'] })).toEqual(['b', 'b/h', 'b/other', 'c']);
  // Old BuildKit: UTF-8 bytes; new: percent-encoded, and says so.
  expect(await paths({ followpaths: [Buffer.from('ünï').toString('latin1')] })).toEqual(['ünï', 'ünï/x']);
  expect(await paths({ followpaths: ['%C3%BCn%C3%AF'], 'followpaths-encoded': '1' })).toEqual([
    'ünï',
    'ünï/x',
  ]);
});

test('excluded files are neither listed nor read', async () => {
  directories.set('context', {
    root: makeDirectory({ keep: '', 'secret/key': 's' }),
    ignore: rulesOf(parsePatterns('secret')),
  });
  expect((await receive({ 'dir-name': 'context' })).stats.map((stat) => stat.path)).toEqual(['keep']);
});

test('an unknown directory and an unknown call are refused by code', async () => {
  expect(await receive({ 'dir-name': 'home' })).toMatchObject({ code: '5', stats: [] });
  const stream = client.request({ ':method': 'POST', ':path': '/other' });
  const [headers] = (await once(stream, 'response')) as [Record<string, string>];
  expect(headers['grpc-status']).toBe('12');
});

test('a file that cannot be read ends the sync with its name, instead of arriving empty', async () => {
  const root = makeDirectory({ a: 'x', gone: 'y' });
  directories.set('context', { root });
  const { rmSync } = await import('node:fs');
  const result = await receive({ 'dir-name': 'context' }, (stat) => {
    if (stat.path === 'gone') rmSync(`${root}/gone`);
    return true;
  });
  expect(result.code).toBe('13');
  expect(result.message).toMatch(/^gone cannot be read/);
});
