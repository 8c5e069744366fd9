import { AppError } from '@/lib/errors';
import { unreadable } from './errors';

/** A record of a build is at most a few hundred KiB: what is far longer is not a record. */
export const maxLineBytes = 16 * 1024 * 1024;

export type JsonRecord = Record<string, unknown>;

function parseLine(line: Buffer): JsonRecord | null {
  const text = line.toString('utf8').trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
  if (typeof value !== 'object' || value === null)
    throw unreadable(new Error('a record that is not an object'));
  return value as JsonRecord;
}

/**
 * The records of a line-delimited JSON stream with backpressure. Throws AppError for invalid JSON and for a line that
 * is too long; errors of the connection are thrown unchanged. Closing the iterator closes the stream.
 */
export async function* readJsonLines(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<JsonRecord, void, void> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const bytes of stream) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      held.push(chunk.subarray(from, at));
      const record = parseLine(held.length === 1 ? held[0]! : Buffer.concat(held));
      held = [];
      size = 0;
      from = at + 1;
      if (record) yield record;
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > maxLineBytes) throw unreadable(new Error(`a record longer than ${maxLineBytes} bytes`));
  }
  const last = parseLine(Buffer.concat(held));
  if (last) yield last;
}

/** The message of a record that reports failure, or null. */
export function errorOf(record: JsonRecord): string | null {
  const detail = record.errorDetail as { message?: unknown } | undefined;
  if (typeof detail?.message === 'string' && detail.message) return detail.message;
  if (typeof record.error === 'string' && record.error) return record.error;
  return 'error' in record || 'errorDetail' in record ? 'The engine gave no reason.' : null;
}

/** The records up to one that reports failure, whose message is thrown as the error that `fail` makes. */
export async function* readUntilError(
  stream: AsyncIterable<Uint8Array>,
  fail: (message: string) => AppError,
): AsyncGenerator<JsonRecord, void, void> {
  for await (const record of readJsonLines(stream)) {
    const message = errorOf(record);
    if (message !== null) throw fail(message);
    yield record;
  }
}
