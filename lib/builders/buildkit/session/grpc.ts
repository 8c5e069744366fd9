import 'server-only';
import { once } from 'node:events';
import {
  performServerHandshake,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import { messageOf } from '@/lib/errors';

/**
 * As much of a gRPC server as BuildKit's sessions need, straight on node:http2. Not @grpc/grpc-js: that joins repeated
 * headers into one string (followpaths become ambiguous) and halves the speed of the file sync (engine facts, 2.2).
 */
export interface GrpcCall {
  /** All values of a header, in order; Node reads header bytes as latin1. */
  header: (name: string) => string[];
  messages: AsyncIterable<Buffer>;
  /** Adds one message, in parts, to what the next flush writes. */
  send: (...parts: Uint8Array[]) => void;
  /** Writes what was sent and waits until there is room for more. */
  flush: () => Promise<void>;
  /** Bytes that wait for the next flush. */
  pending: () => number;
  /** The other side is gone: what is sent now is lost. */
  closed: () => boolean;
}

export type GrpcHandler = (call: GrpcCall) => Promise<void>;

/** Codes of gRPC that we answer with. */
export const grpcCodes = { notFound: 5, unimplemented: 12, internal: 13 } as const;

export class GrpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'GrpcError';
  }
}

const prefixLength = 5;
/** Bytes. The engine's requests are tiny; what is longer is not meant for us. */
const maxMessage = 16 * 1024 * 1024;

function prefixOf(length: number): Buffer {
  const prefix = Buffer.alloc(prefixLength);
  prefix.writeUInt32BE(length, 1);
  return prefix;
}

/** The messages of a stream: a byte for compression, four for the length, then the message. */
export async function* readMessages(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    held = held.length ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= prefixLength) {
      const length = held.readUInt32BE(1);
      if (held[0] !== 0)
        throw new GrpcError(grpcCodes.unimplemented, 'compressed messages are not supported');
      if (length > maxMessage) throw new GrpcError(grpcCodes.unimplemented, 'message too long');
      if (held.length < prefixLength + length) break;
      yield held.subarray(prefixLength, prefixLength + length);
      held = held.subarray(prefixLength + length);
    }
  }
}

function headersOf(raw: readonly string[]): (name: string) => string[] {
  const values = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const known = values.get(raw[at]!);
    if (known) known.push(raw[at + 1]!);
    else values.set(raw[at]!, [raw[at + 1]!]);
  }
  return (name) => values.get(name) ?? [];
}

async function untilWritable(stream: ServerHttp2Stream): Promise<void> {
  const done = new AbortController();
  const quiet = { signal: done.signal };
  const never = () => {};
  try {
    await Promise.race([
      once(stream, 'drain', quiet).catch(never),
      once(stream, 'close', quiet).catch(never), // aborted below: that is how the loser is let go
    ]);
  } finally {
    done.abort();
  }
}

function openCall(stream: ServerHttp2Stream, raw: readonly string[]): GrpcCall {
  let parts: Uint8Array[] = [];
  let size = 0;
  let draining: Promise<void> | null = null;
  return {
    header: headersOf(raw),
    // Leaving the loop early must not reset the stream: its status still has to be sent.
    messages: readMessages(stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>),
    send(...message) {
      const length = message.reduce((sum, part) => sum + part.length, 0);
      parts.push(prefixOf(length), ...message);
      size += prefixLength + length;
    },
    async flush() {
      if (size > 0 && !stream.destroyed) {
        const writable = stream.write(Buffer.concat(parts, size));
        parts = [];
        size = 0;
        if (!writable) {
          draining ??= untilWritable(stream).finally(() => {
            draining = null;
          });
        }
      }
      await draining;
    },
    pending: () => size,
    closed: () => stream.destroyed,
  };
}

const answer = { ':status': 200, 'content-type': 'application/grpc' };

async function runCall(
  stream: ServerHttp2Stream,
  raw: readonly string[],
  handler: GrpcHandler,
): Promise<void> {
  let status: Record<string, string> = { 'grpc-status': '0' };
  stream.respond(answer, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    if (!stream.destroyed) stream.sendTrailers(status);
  });
  const call = openCall(stream, raw);
  try {
    await handler(call);
    await call.flush();
  } catch (error) {
    const code = error instanceof GrpcError ? error.code : grpcCodes.internal;
    status = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(messageOf(error)) };
  }
  if (!stream.destroyed) stream.end();
}

/** Answers calls on a connection until it is closed. The returned session's `destroy` ends it. */
export function serveGrpc(socket: Duplex, handlers: ReadonlyMap<string, GrpcHandler>): ServerHttp2Session {
  const session = performServerHandshake(socket);
  // A broken connection shows at the build's own stream; without a listener it would end the process.
  const ignore = () => {};
  session.on('error', ignore);
  session.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
      stream.on('error', ignore);
      const handler = handlers.get(String(headers[':path']));
      if (handler) void runCall(stream, raw, handler);
      else {
        const status = { 'grpc-status': String(grpcCodes.unimplemented), 'grpc-message': 'unimplemented' };
        stream.respond({ ...answer, ...status }, { endStream: true });
      }
    },
  );
  return session;
}

/** A call with one message in and one out. */
export const unary =
  (respond: (request: Buffer) => Promise<Uint8Array> | Uint8Array): GrpcHandler =>
  async (call) => {
    for await (const message of call.messages) {
      call.send(await respond(message));
      return;
    }
  };
