import { expect, test, vi } from 'vitest';
import type { TerminalAnswer } from '@/lib/workbenches/schema';
import { InputQueue, type Send } from './input-queue';

type Input = Parameters<Send>[0];

function open(answer: (input: Input, tries: number) => TerminalAnswer) {
  const sent: Input[] = [];
  const refused: string[] = [];
  const queue = new InputQueue(
    'viewer01',
    (input) => {
      sent.push(structuredClone(input));
      return Promise.resolve(answer(input, sent.length));
    },
    (message, texts) => refused.push(`${message} ${texts}`),
    () => undefined,
  );
  return { queue, sent, refused };
}

const texts = (sent: Input[]) =>
  sent.map(({ number, messages }) => [
    number,
    messages.map((one) => (one.type === 'text' ? one.text : one.type)).join(),
  ]);

test('input during a request is sent with the next one, in order', async () => {
  const { queue, sent } = open(() => ({ result: 'done' }));
  for (const text of 'abc') queue.push({ type: 'text', text });
  queue.push({ type: 'size', columns: 80, rows: 24 });
  queue.push({ type: 'size', columns: 90, rows: 24 });
  await vi.waitFor(() =>
    expect(texts(sent)).toEqual([
      [1, 'a'],
      [2, 'bc,size'],
    ]),
  );
  expect(sent[1]!.messages[1]).toEqual({ type: 'size', columns: 90, rows: 24 });
});

test('an unanswered request is repeated under its number, before later input', async () => {
  const { queue, sent } = open((_input, tries) => ({ result: tries < 3 ? 'later' : 'done' }));
  queue.push({ type: 'text', text: 'a' });
  queue.push({ type: 'text', text: 'b' });
  await vi.waitFor(() =>
    expect(texts(sent)).toEqual([
      [1, 'a'],
      [1, 'a'],
      [1, 'a'],
      [2, 'b'],
    ]),
  );
});

test('a long paste is split, never within a character', async () => {
  const { queue, sent } = open(() => ({ result: 'done' }));
  const paste = `${'x'.repeat(64 * 1024 - 1)}😀${'y'.repeat(100)}`;
  queue.push({ type: 'text', text: paste });
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(
    sent.flatMap(({ messages }) => messages.map((one) => (one.type === 'text' ? one.text : ''))).join(''),
  ).toBe(paste);
  expect(sent[1]!.messages[0]).toMatchObject({ text: expect.stringMatching(/^😀/) as string });
});

test('input while the queue is held waits, and is sent in order', async () => {
  const { queue, sent } = open(() => ({ result: 'done' }));
  queue.hold(true);
  for (const text of 'abc') queue.push({ type: 'text', text });
  await Promise.resolve();
  expect(sent).toEqual([]);
  queue.hold(false);
  queue.push({ type: 'text', text: 'd' });
  await vi.waitFor(() =>
    expect(texts(sent)).toEqual([
      [1, 'abc'],
      [2, 'd'],
    ]),
  );
});

test('rejected held input is reported', () => {
  const { queue, sent, refused } = open(() => ({ result: 'done' }));
  queue.hold(true);
  queue.push({ type: 'text', text: 'ls\r' });
  queue.giveUp('The terminal is closed.');
  queue.hold(false);
  queue.giveUp('The terminal is closed.');
  expect(refused).toEqual(['The terminal is closed. ls\r']);
  expect(sent).toEqual([]);
});

test('refused input is reported, and later input is not sent', async () => {
  const { queue, sent, refused } = open(() => ({ result: 'refused', message: 'Ada has the keyboard.' }));
  queue.push({ type: 'text', text: 'a' });
  queue.push({ type: 'text', text: 'b' });
  await vi.waitFor(() => expect(refused).toEqual(['Ada has the keyboard. ab']));
  expect(sent).toHaveLength(1);
});
