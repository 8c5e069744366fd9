import { expect, test } from 'vitest';
import { engineAt } from '@/lib/engine/testing/fake-engine';
import type { OperationEvent } from '@/lib/events/events';
import { emptyState } from '@/lib/events/state';
import { openContext } from './context';

const engine = engineAt('unix:///nowhere');
const bare = { id: '1', input: null, user: null, engine, signal: new AbortController().signal };

test('work whose events cannot be stored is ended, and the reason is thrown on', async () => {
  let ended = false;
  async function* work(): AsyncGenerator<OperationEvent, string, void> {
    try {
      for (let at = 0; ; at++) yield { type: 'log', step: 'a', stream: 'stdout', text: `${at}\n` };
    } finally {
      ended = true;
    }
  }
  const emit = () => Promise.reject(new Error('database or disk is full'));
  const context = openContext(bare, { emit, state: () => emptyState, end: () => Promise.resolve() });
  await expect(context.pipe(work())).rejects.toThrow('disk is full');
  expect(ended).toBe(true);
});

test('work that ends gives its result, with all its events stored before', async () => {
  const stored: OperationEvent[] = [];
  async function* work(): AsyncGenerator<OperationEvent, string, void> {
    yield { type: 'log', step: 'a', stream: 'stdout', text: 'one\n' };
    return 'done';
  }
  const emit = async (event: OperationEvent) => stored.push(event);
  const context = openContext(bare, { emit, state: () => emptyState, end: () => Promise.resolve() });
  expect(await context.pipe(work())).toBe('done');
  expect(stored).toHaveLength(1);
});
