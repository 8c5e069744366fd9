import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OperationEvent, StoredEvent } from '@/lib/events/events';
import { emptyState, reduce, type OperationState } from '@/lib/events/state';
import type { JsonRecord } from '@/lib/engine/wire/json-lines';

const file = (name: string) => path.join(import.meta.dirname, 'recorded', name);

/** The recorded bytes of a stream of an engine. */
export const readFixture = (name: string): Buffer => readFileSync(file(name));

export const readRecords = (name: string): JsonRecord[] =>
  readFixture(name)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonRecord);

/** The state that a page shows after these events. */
export const stateOf = (events: readonly OperationEvent[]): OperationState =>
  reduce(
    emptyState,
    events.map((event, index): StoredEvent => ({ ...event, seq: index + 1 })),
  );

/** The output of a step. */
export const logOf = (
  events: readonly OperationEvent[],
  step: string,
  stream?: 'stdout' | 'stderr',
): string =>
  events
    .flatMap((event) => (event.type === 'log' && event.step === step ? [event] : []))
    .filter((event) => !stream || event.stream === stream)
    .map((event) => event.text)
    .join('');
