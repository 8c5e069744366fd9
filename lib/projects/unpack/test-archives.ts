import { crc32, deflateRawSync } from 'node:zlib';

/** Archives for tests, built byte by byte, so that each can contain any error. */
export interface TarPart {
  name: string;
  type?: string;
  content?: string | Buffer;
  linkname?: string;
  mode?: number;
  /** Written size; default: the content's length. */
  size?: string;
  checksum?: number;
  prefix?: string;
  magic?: string;
}

const block = 512;
const padded = (content: Buffer) =>
  Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block)]);

export const endMark = Buffer.alloc(2 * block);

export function tarEntry(part: TarPart): Buffer {
  const content = Buffer.from(part.content ?? '');
  const header = Buffer.alloc(block);
  header.write(part.name, 0, 100);
  header.write(`${(part.mode ?? 0o644).toString(8).padStart(7, '0')}\0`, 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(part.size ?? `${content.length.toString(8).padStart(11, '0')}\0`, 124, 12, 'latin1');
  header.write('00000000000\0', 136);
  header.write(part.type ?? '0', 156, 1, 'latin1');
  header.write(part.linkname ?? '', 157, 100);
  header.write(part.magic ?? 'ustar\x0000', 257, 8, 'latin1');
  header.write(part.prefix ?? '', 345, 155);
  header.fill(' ', 148, 156);
  const sum = part.checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return Buffer.concat([header, padded(content)]);
}

export const tar = (...parts: (TarPart | Buffer)[]): Buffer =>
  Buffer.concat([...parts.map((part) => (Buffer.isBuffer(part) ? part : tarEntry(part))), endMark]);

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (length !== Buffer.byteLength(`${length}${rest}`)) length = Buffer.byteLength(`${length}${rest}`);
  return `${length}${rest}`;
}

export const pax = (records: Record<string, string>, type = 'x'): TarPart => ({
  name: 'PaxHeader',
  type,
  content: Object.entries(records)
    .map(([key, value]) => paxRecord(key, value))
    .join(''),
});

interface ZipPart {
  name: string;
  content?: string | Buffer;
  /** 0 stored, 8 deflated. */
  method?: number;
  flags?: number;
  /** `mode << 16`, made by Unix, if given. */
  mode?: number;
  /** Overrides in the directory. */
  lies?: { size?: number; compressedSize?: number; crc?: number; offset?: number };
  /** Overrides the compressed bytes. */
  raw?: Buffer;
  extra?: Buffer;
}

export function zip(parts: ZipPart[], options: { count?: number } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const content = Buffer.from(part.content ?? '');
    const method = part.method ?? 8;
    const data = part.raw ?? (method === 8 ? deflateRawSync(content) : content);
    const sum = part.lies?.crc ?? crc32(content);
    const size = part.lies?.size ?? content.length;
    const compressedSize = part.lies?.compressedSize ?? data.length;
    const extra = part.extra ?? Buffer.alloc(0);
    const flags = part.flags ?? 0x800;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(sum, 14);
    local.writeUInt32LE(compressedSize, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(part.mode === undefined ? 20 : (3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(sum, 16);
    central.writeUInt32LE(compressedSize, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 38);
    central.writeUInt32LE(part.lies?.offset ?? offset, 42);
    directory.push(central, name, extra);
    locals.push(local, name, data);
    offset += 30 + name.length + data.length;
  }
  const body = Buffer.concat(locals);
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.count ?? parts.length, 8);
  end.writeUInt16LE(options.count ?? parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, list, end]);
}

/** A zstd frame of uncompressed blocks with a window of 2^(10 + exponent) bytes. */
export function zstd(content: Buffer, exponent = 10): Buffer {
  const blocks: Buffer[] = [];
  const size = 64 * 1024;
  for (let at = 0; at < content.length || at === 0; at += size) {
    const piece = content.subarray(at, at + size);
    const head = Buffer.alloc(3);
    head.writeUIntLE((piece.length << 3) | (at + size >= content.length ? 1 : 0), 0, 3);
    blocks.push(head, piece);
  }
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3]), ...blocks]);
}
