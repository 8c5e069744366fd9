import protobuf from 'protobufjs/minimal.js';

/** Hand-written protobuf of the few messages that a session exchanges (fsutil's types/wire.proto, BuildKit's session protos). */
const { Reader, Writer } = protobuf;

/** The strings and bytes of a flat message, by field number. */
export function readFields(message: Uint8Array): Map<number, Buffer> {
  const reader = Reader.create(message);
  const fields = new Map<number, Buffer>();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === 2) fields.set(tag >>> 3, Buffer.from(reader.bytes()));
    else reader.skipType(tag & 7);
  }
  return fields;
}

/** grpc.health.v1.HealthCheckResponse, SERVING */
export const healthy = (): Uint8Array => Writer.create().uint32(8).int32(1).finish();

/** moby.filesync.v1.CredentialsResponse: user name and secret */
export const credentialsAnswer = (username: string, password: string): Uint8Array =>
  Writer.create().uint32(10).string(username).uint32(18).string(password).finish();

/** moby.buildkit.secrets.v1.GetSecretResponse */
export const secretAnswer = (secret: Uint8Array): Uint8Array =>
  Writer.create().uint32(10).bytes(secret).finish();

/** fsutil's Packet types. */
export const packetTypes = { stat: 0, request: 1, data: 2, finish: 3, error: 4 } as const;

interface Packet {
  type: number;
  id: number;
  data: Uint8Array;
}

export function readPacket(message: Uint8Array): Packet {
  const reader = Reader.create(message);
  const packet: Packet = { type: 0, id: 0, data: new Uint8Array() };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 8) packet.type = reader.int32();
    else if (tag === 24) packet.id = reader.uint32();
    else if (tag === 34) packet.data = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return packet;
}

interface FileStat {
  /** Relative to the root, with `/`. */
  path: string;
  /** Go's FileMode, see goMode. */
  mode: number;
  size: number;
  /** ns since 1970 */
  modified: bigint;
  linkname?: string;
}

/** Two halves instead of a Long: that package is optional and missing where the code is bundled. */
const halves = (value: bigint) => ({
  low: Number(BigInt.asIntN(32, value)),
  high: Number(BigInt.asIntN(32, value >> 32n)),
  unsigned: false,
});

/** A STAT packet. Owner and group stay 0, as the docker command does it. */
export function statPacket(stat: FileStat): Uint8Array {
  const body = Writer.create().uint32(10).string(stat.path).uint32(16).uint32(stat.mode);
  if (stat.size) body.uint32(40).int64(stat.size);
  if (stat.modified) body.uint32(48).int64(halves(stat.modified));
  if (stat.linkname !== undefined) body.uint32(58).string(stat.linkname);
  return Writer.create().uint32(18).bytes(body.finish()).finish();
}

/** A STAT packet without a stat ends the list. */
export const lastStat = (): Uint8Array => new Uint8Array();

export const finishPacket = (): Uint8Array => Writer.create().uint32(8).int32(packetTypes.finish).finish();

export const errorPacket = (message: string): Uint8Array =>
  Writer.create().uint32(8).int32(packetTypes.error).uint32(34).bytes(Buffer.from(message)).finish();

/** What stands before the bytes of a DATA packet; alone, with length 0, it ends the file. */
export function dataHead(id: number, length: number): Uint8Array {
  const head = Writer.create().uint32(8).int32(packetTypes.data).uint32(24).uint32(id);
  return (length ? head.uint32(34).uint32(length) : head).finish();
}

const formatBits: Record<number, number> = {
  0o040000: 0x80000000, // directory
  0o120000: 0x08000000, // symlink
};

/** Go's os.FileMode of a Unix mode: its type and special bits are elsewhere. */
export function goMode(mode: number): number {
  let bits = (mode & 0o777) | (formatBits[mode & 0o170000] ?? 0);
  if (mode & 0o4000) bits |= 0x00800000;
  if (mode & 0o2000) bits |= 0x00400000;
  if (mode & 0o1000) bits |= 0x00100000;
  return bits >>> 0;
}
