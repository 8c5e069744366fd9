import protobuf from 'protobufjs/light.js';
import { unreadable } from '@/lib/engine/wire/errors';

/**
 * Decodes the `moby.buildkit.trace` records of a build: moby.buildkit.v1.StatusResponse, as far as we use it. Numbers
 * and types are BuildKit's (api/services/control/control.proto); unknown fields are skipped.
 */
const text = (id: number) => ({ type: 'string', id });
const int = (id: number) => ({ type: 'int64', id });
const time = (id: number) => ({ type: 'Timestamp', id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id });

const root = protobuf.Root.fromJSON({
  nested: {
    Timestamp: { fields: { seconds: int(1), nanos: { type: 'int32', id: 2 } } },
    StatusResponse: {
      fields: {
        vertexes: many('Vertex', 1),
        statuses: many('VertexStatus', 2),
        logs: many('VertexLog', 3),
        warnings: many('VertexWarning', 4),
      },
    },
    Vertex: {
      fields: {
        digest: text(1),
        inputs: many('string', 2),
        name: text(3),
        cached: { type: 'bool', id: 4 },
        started: time(5),
        completed: time(6),
        error: text(7),
      },
    },
    VertexStatus: {
      fields: {
        ID: text(1),
        vertex: text(2),
        name: text(3),
        current: int(4),
        total: int(5),
        started: time(7),
        completed: time(8),
      },
    },
    VertexLog: {
      fields: { vertex: text(1), timestamp: time(2), stream: int(3), msg: { type: 'bytes', id: 4 } },
    },
    VertexWarning: {
      fields: {
        vertex: text(1),
        short: { type: 'bytes', id: 3 },
        detail: many('bytes', 4),
        url: text(5),
        info: { type: 'SourceInfo', id: 6 },
        ranges: many('Range', 7),
      },
    },
    SourceInfo: { fields: { filename: text(1) } },
    Range: { fields: { start: { type: 'Position', id: 1 }, end: { type: 'Position', id: 2 } } },
    Position: { fields: { line: { type: 'int32', id: 1 } } },
  },
});
const StatusResponse = root.lookupType('StatusResponse');

/** Times are ms since 1970 with fractions. */
export interface Vertex {
  digest: string;
  inputs: string[];
  name: string;
  cached: boolean;
  started: number | null;
  completed: number | null;
  error: string | null;
}

export interface VertexStatus {
  id: string;
  vertex: string;
  name: string;
  current: number;
  total: number;
  started: boolean;
  completed: boolean;
}

export interface VertexLog {
  vertex: string;
  stream: 'stdout' | 'stderr';
  at: number | null;
  bytes: Uint8Array;
}

export interface VertexWarning {
  vertex: string;
  short: string;
  detail: string;
  url: string;
  file: string;
  /** From 1; 0 where it is not about a line. */
  line: number;
  endLine: number;
}

export interface Trace {
  vertexes: Vertex[];
  statuses: VertexStatus[];
  logs: VertexLog[];
  warnings: VertexWarning[];
}

/** As protobufjs hands it out: int64 as number or, with its optional package, as an object with valueOf. */
type Wide = number | { toString(): string };
interface RawTime {
  seconds: Wide;
  nanos: number;
}
interface Raw {
  vertexes: (Omit<Vertex, 'started' | 'completed' | 'error'> & {
    started: RawTime | null;
    completed: RawTime | null;
    error: string;
  })[];
  statuses: {
    ID: string;
    vertex: string;
    name: string;
    current: Wide;
    total: Wide;
    started: RawTime | null;
    completed: RawTime | null;
  }[];
  logs: { vertex: string; timestamp: RawTime | null; stream: Wide; msg: Uint8Array }[];
  warnings: {
    vertex: string;
    short: Uint8Array;
    detail: Uint8Array[];
    url: string;
    info: { filename: string } | null;
    ranges: { start: { line: number } | null; end: { line: number } | null }[];
  }[];
}

const number = (value: Wide): number => Number(value.toString());
const ms = (value: RawTime | null): number | null =>
  value ? number(value.seconds) * 1000 + value.nanos / 1e6 : null;
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function decode(base64: string): Raw {
  try {
    return StatusResponse.decode(Buffer.from(base64, 'base64')) as unknown as Raw;
  } catch (error) {
    throw unreadable(error);
  }
}

export function decodeTrace(base64: string): Trace {
  const raw = decode(base64);
  return {
    vertexes: raw.vertexes.map(({ digest, inputs, name, cached, started, completed, error }) => ({
      digest,
      inputs,
      name,
      cached,
      started: ms(started),
      completed: ms(completed),
      error: error || null,
    })),
    statuses: raw.statuses.map(({ ID, vertex, name, current, total, started, completed }) => ({
      id: ID,
      vertex,
      name,
      current: number(current),
      total: number(total),
      started: started !== null,
      completed: completed !== null,
    })),
    logs: raw.logs.map(({ vertex, timestamp, stream, msg }) => ({
      vertex,
      stream: number(stream) === 2 ? 'stderr' : 'stdout',
      at: ms(timestamp),
      bytes: msg,
    })),
    warnings: raw.warnings.map(({ vertex, short, detail, url, info, ranges }) => ({
      vertex,
      short: utf8(short),
      detail: detail.map(utf8).join('\n'),
      url,
      file: info?.filename ?? '',
      line: ranges[0]?.start?.line ?? 0,
      endLine: ranges[0]?.end?.line ?? 0,
    })),
  };
}
