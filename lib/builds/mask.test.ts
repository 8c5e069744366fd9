import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import { formsOf, maskFor } from './mask';
import { maskSecrets } from './mask-events';

const secret = 'p4ss/w0rd "quoted" & ü';
const key = '-----BEGIN KEY-----\nAAAAB3NzaC1yc2E\nQABBBBBBBBBB==\n-----END KEY-----\n';

const log = (text: string, step = 'a', stream: 'stdout' | 'stderr' = 'stdout'): OperationEvent => ({
  type: 'log',
  step,
  stream,
  text,
});

async function* play(
  events: OperationEvent[],
  error?: unknown,
): AsyncGenerator<OperationEvent, string, void> {
  yield* events;
  if (error) throw error;
  return 'done';
}

async function told(events: OperationEvent[], values = [secret, key]) {
  const work = maskSecrets(
    play(events),
    values.map((value) => Buffer.from(value)),
  );
  const seen: OperationEvent[] = [];
  for await (const event of work) seen.push(event);
  return seen;
}

const textOf = (events: OperationEvent[], step = 'a') =>
  events.map((event) => (event.type === 'log' && event.step === step ? event.text : '')).join('');

describe('a secret in the output of a build', () => {
  const written: [how: string, text: string][] = [
    ['as it is', secret],
    ['in JSON', JSON.stringify({ secret }).slice(11, -2)],
    ['in an address', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams({ secret }).toString().slice(7)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 with a line end', Buffer.from(`${secret}\n`).toString('base64')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
  ];

  test.each(written)('is masked %s, whole and in any two pieces', async (_how, form) => {
    const line = `before ${form} after\n`;
    expect(textOf(await told([log(line)]))).toBe('before *** after\n');
    for (let cut = 1; cut < line.length; cut++) {
      const pieces = [log(line.slice(0, cut)), log(line.slice(cut))];
      expect(textOf(await told(pieces))).toBe('before *** after\n');
    }
  });

  test('is masked byte by byte', async () => {
    const bytes = [...Buffer.from(`a ${secret} b`)].map((byte) => Buffer.from([byte]));
    const masked = maskFor([Buffer.from(secret)]).open();
    const parts = [...bytes.map((byte) => masked.push(byte)), masked.end()];
    expect(Buffer.concat(parts).toString()).toBe('a *** b');
  });

  test('of many lines is masked line by line, also where they are quoted or indented', async () => {
    const text = textOf(await told([log(key), log(key.replaceAll(/^/gm, '  > ')), log(JSON.stringify(key))]));
    for (const line of key.trim().split('\n')) expect(text).not.toContain(line);
  });

  test('in wrapped base64 leaves no line of it', async () => {
    const long = 'the quick brown fox jumps over the lazy dog '.repeat(10);
    const wrapped = Buffer.from(long)
      .toString('base64')
      .match(/.{1,76}/g)!;
    const text = textOf(await told([log(wrapped.join('\n'))], [long]));
    for (const line of wrapped.slice(0, -1)) expect(text).not.toContain(line);
  });

  test('is masked in output that is not UTF-8, whose other bytes stay exact', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from(secret), Buffer.from([0xfe, 0x0a])]);
    const [event] = await told([
      { type: 'log', step: 'a', stream: 'stdout', text: bytes.toString(), raw: bytes.toString('base64') },
    ]);
    expect(event).toMatchObject({
      raw: Buffer.from([0xff, 0x2a, 0x2a, 0x2a, 0xfe, 0x0a]).toString('base64'),
    });
    expect(JSON.stringify(event)).not.toContain('p4ss');
  });

  test('is masked in errors and warnings', async () => {
    const events = await told([
      { type: 'step', step: 'a', error: `It said ${secret}.` },
      { type: 'warning', short: secret, detail: `detail ${secret}` },
    ]);
    expect(events).toEqual([
      { type: 'step', step: 'a', error: 'It said ***.' },
      { type: 'warning', short: '***', detail: 'detail ***' },
    ]);
    const work = maskSecrets(play([], new AppError('build_failed', `No: ${secret}`)), [Buffer.from(secret)]);
    await expect(work.next()).rejects.toMatchObject({ code: 'build_failed', message: 'No: ***' });
  });

  test('of fewer than four bytes is not looked for', () => {
    expect(formsOf(Buffer.from('abc')).every((form) => form.length >= 4)).toBe(true);
    expect(maskFor([Buffer.from('abc')]).text('abc abc')).toBe('abc abc');
  });
});

describe('other output', () => {
  test('comes as it was: nothing is lost, and no character is split', async () => {
    const text = `p4ss/w0r and p4 and ü, p4ss/w0rd "quoted" & not it\nthe end p4ss`;
    for (let cut = 1; cut < text.length; cut++)
      expect(textOf(await told([log(text.slice(0, cut)), log(text.slice(cut))]))).toBe(text);
  });

  test('what was held back comes before the step ends, and keeps to its own stream', async () => {
    const events = await told([
      log('p4ss', 'a', 'stdout'),
      log('p4', 'a', 'stderr'),
      log('p4ss/', 'b', 'stdout'),
      { type: 'step', step: 'a', completed: 1 },
      { type: 'step', step: 'b', error: 'exit code 1' },
    ]);
    expect(events).toEqual([
      log('p4ss', 'a', 'stdout'),
      log('p4', 'a', 'stderr'),
      { type: 'step', step: 'a', completed: 1 },
      { type: 'step', step: 'b', error: 'exit code 1' },
      log('p4ss/', 'b', 'stdout'),
    ]);
  });

  test('is told before an error that ends the build', async () => {
    const work = maskSecrets(play([log('p4ss')], new AppError('build_failed')), [Buffer.from(secret)]);
    expect((await work.next()).value).toEqual(log('p4ss'));
    await expect(work.next()).rejects.toMatchObject({ code: 'build_failed' });
  });

  test('passes untouched where there is no secret', async () => {
    const events = [log(secret), log('é')];
    expect(await told(events, [])).toEqual(events);
  });
});

test('the work is ended when its reader leaves', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<OperationEvent, never, void> {
    try {
      for (;;) yield log('more');
    } finally {
      ended = true;
    }
  }
  const work = maskSecrets(endless(), [Buffer.from(secret)]);
  await work.next();
  await work.return(undefined as never);
  expect(ended).toBe(true);
});
