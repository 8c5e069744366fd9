import { expect, test } from 'vitest';
import { readFrames, type Frame } from '@/lib/engine/containers/log-frames';
import {
  afterCursor,
  formatLogCursor,
  type LogCursor,
  type LogEntry,
  nextCursor,
  parseLogCursor,
  readEntries,
  sinceOf,
} from './log-entries';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}
async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of source) list.push(item);
  return list;
}

function frame(kind: number, text: string | Buffer): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head[0] = kind;
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

const at = (second: number) => `2026-01-02T03:04:0${second}.123456789Z`;

test('frames are taken apart wherever the chunks are cut, and the streams are told apart', async () => {
  const bytes = Buffer.concat([frame(1, 'one\n'), frame(2, 'bad\n'), frame(1, '')]);
  const expected = [
    { stream: 'stdout', text: 'one\n' },
    { stream: 'stderr', text: 'bad\n' },
    { stream: 'stdout', text: '' },
  ];
  for (let cut = 0; cut <= bytes.length; cut++) {
    const frames = await all(readFrames(chunks(bytes.subarray(0, cut), bytes.subarray(cut))));
    expect(frames.map(({ stream, bytes: body }) => ({ stream, text: body.toString() }))).toEqual(expected);
  }
});

test('what is no frame is an error, not text', async () => {
  await expect(all(readFrames(chunks('plain text, no frames')))).rejects.toMatchObject({
    code: 'engine_rejected',
  });
});

test('the time is taken off each entry, and a cut character is put together', async () => {
  const ue = Buffer.from('ü');
  const frames: Frame[] = [
    { stream: 'stdout', bytes: Buffer.from(`${at(1)} hello\n`) },
    { stream: 'stdout', bytes: Buffer.concat([Buffer.from(`${at(2)} `), ue.subarray(0, 1)]) },
    { stream: 'stderr', bytes: Buffer.from(`${at(3)} bad\n`) },
    { stream: 'stdout', bytes: Buffer.concat([Buffer.from(`${at(2)} `), ue.subarray(1)]) },
  ];
  async function* source() {
    yield* frames;
  }
  expect(await all(readEntries(source(), { terminal: false }))).toEqual([
    { at: at(1), stream: 'stdout', text: 'hello\n' },
    { at: at(2), stream: 'stdout', text: '' },
    { at: at(3), stream: 'stderr', text: 'bad\n' },
    { at: at(2), stream: 'stdout', text: 'ü' },
  ]);
});

test('the output of a terminal is cut at its lines, not at its chunks', async () => {
  async function* source(): AsyncGenerator<Frame> {
    const text = `${at(1)} one\r\n${at(2)} two\r\n`;
    for (const byte of Buffer.from(text)) yield { stream: 'stdout', bytes: Buffer.from([byte]) };
  }
  expect(await all(readEntries(source(), { terminal: true }))).toEqual([
    { at: at(1), stream: 'stdout', text: 'one\r\n' },
    { at: at(2), stream: 'stdout', text: 'two\r\n' },
  ]);
});

test('a reader that comes back gets what it has not seen, also of entries of the same time', async () => {
  const entries: LogEntry[] = [1, 2, 2, 2, 3].map((second, index) => ({
    at: at(second),
    stream: 'stdout',
    text: `${index}\n`,
  }));
  let cursor: LogCursor | null = null;
  for (const entry of entries.slice(0, 3)) cursor = nextCursor(cursor, entry.at);
  const kept = parseLogCursor(formatLogCursor(cursor!))!;
  expect(sinceOf(kept)).toBe('1767323042.123456789');
  async function* fromThere() {
    yield* entries.slice(1); // the engine answers from that time on, with it
  }
  expect((await all(afterCursor(fromThere(), kept))).map(({ text }) => text)).toEqual(['3\n', '4\n']);
});

test('a place that is none is not taken for one', () => {
  for (const text of [
    '',
    'x',
    '2026-01-02T03:04:05Z',
    '2026-13-45T99:04:05Z/1',
    `${at(1)}/-1`,
    `${at(1)}/1 `,
  ])
    expect(parseLogCursor(text), text).toBeNull();
});
