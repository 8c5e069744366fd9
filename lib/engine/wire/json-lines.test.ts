import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { errorOf, maxLineBytes, readJsonLines, readUntilError } from './json-lines';

async function* chunks(...parts: (string | Buffer)[]) {
  await Promise.resolve();
  for (const part of parts) yield Buffer.from(part);
}

async function collect(stream: AsyncIterable<Uint8Array>) {
  const records: unknown[] = [];
  try {
    for await (const record of readJsonLines(stream)) records.push(record);
    return { records, error: null };
  } catch (error) {
    return { records, error };
  }
}

describe('the reader of JSON lines', () => {
  test('joins records that are cut anywhere, also within a character', async () => {
    const text = Buffer.from('{"a":"ü€😀"}\r\n\n{"b":1}\n{"c":2}');
    for (let size = 1; size <= text.length; size++) {
      const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.subarray(index * size, (index + 1) * size),
      );
      expect((await collect(chunks(...parts))).records).toEqual([{ a: 'ü€😀' }, { b: 1 }, { c: 2 }]);
    }
  });

  test('hands on what came before broken JSON, then says so as an error of the engine', async () => {
    const { records, error } = await collect(chunks('{"a":1}\n{"b":\n{"c":3}\n'));
    expect(records).toEqual([{ a: 1 }]);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'engine_rejected',
      message: 'The engine sent an unreadable response.',
    });
  });

  test('takes only objects for records', async () => {
    expect((await collect(chunks('null\n'))).error).toBeInstanceOf(AppError);
    expect((await collect(chunks('3\n'))).error).toBeInstanceOf(AppError);
  });

  test('stops at a line beyond the limit instead of filling the memory', async () => {
    let sent = 0;
    async function* endless() {
      await Promise.resolve();
      const megabyte = Buffer.alloc(1024 * 1024, 'x');
      for (;;) {
        sent += megabyte.length;
        yield megabyte;
      }
    }
    expect((await collect(endless())).error).toBeInstanceOf(AppError);
    expect(sent).toBe(maxLineBytes + 1024 * 1024);
  });

  test('passes on what the connection throws', async () => {
    async function* broken() {
      yield* chunks('{"a":1}\n');
      throw new Error('aborted');
    }
    const { records, error } = await collect(broken());
    expect(records).toEqual([{ a: 1 }]);
    expect(error).toMatchObject({ message: 'aborted' });
  });
});

test('an error within the stream is its end, even if more follows', async () => {
  const fail = (message: string) => new AppError('registry_failed', message);
  const seen: unknown[] = [];
  const read = async () => {
    const stream = chunks('{"status":"x"}\n{"errorDetail":{"message":"full"},"error":"e"}\n{"status":"y"}\n');
    for await (const record of readUntilError(stream, fail)) seen.push(record);
  };
  await expect(read()).rejects.toMatchObject({ message: 'full' });
  expect(seen).toEqual([{ status: 'x' }]);
});

test('an error is found in either place', () => {
  expect(errorOf({ status: 'fine' })).toBeNull();
  expect(errorOf({ error: 'plain' })).toBe('plain');
  expect(errorOf({ errorDetail: { code: 3, message: 'detail' }, error: 'plain' })).toBe('detail');
  expect(errorOf({ errorDetail: {} })).toBe('The engine gave no reason.');
});
