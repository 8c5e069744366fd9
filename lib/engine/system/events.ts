import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callStream } from '@/lib/engine/wire/dial';
import { connectionError } from '@/lib/engine/wire/errors';
import { type JsonRecord, readJsonLines } from '@/lib/engine/wire/json-lines';

interface EngineEvent {
  type: string;
  /** `start`, `die`, `destroy`...; without the part after a colon (`health_status: healthy`). */
  action: string;
  id: string;
  attributes: Record<string, string>;
}

const record = z.looseObject({
  Type: z.string().default(''),
  Action: z.string().default(''),
  Actor: z
    .looseObject({ ID: z.string().default(''), Attributes: z.record(z.string(), z.string()).nullish() })
    .nullish(),
});

/** The stream is reopened at this interval, so that a silently dropped connection is noticed. */
const longestStreamSeconds = 600;

function toEvent(line: JsonRecord): EngineEvent | null {
  const parsed = record.safeParse(line);
  if (!parsed.success) return null; // An unknown kind of event.
  const { Type, Action, Actor } = parsed.data;
  return {
    type: Type,
    action: Action.split(':')[0]!,
    id: Actor?.ID ?? '',
    attributes: Actor?.Attributes ?? {},
  };
}

/** The engine's events from now on; none is missed after `onOpen`. The stream ends after `longestStreamSeconds`. */
export async function* engineEvents(
  engine: Engine,
  types: string[],
  signal: AbortSignal,
  onOpen: () => void = () => {},
): AsyncGenerator<EngineEvent, void, void> {
  const until = Math.floor(Date.now() / 1000) + longestStreamSeconds;
  const ends = AbortSignal.any([signal, AbortSignal.timeout((longestStreamSeconds + 30) * 1000)]);
  try {
    const query = { filters: JSON.stringify({ type: types }), until };
    const stream = await callStream(engine, { path: '/events', query, signal: ends });
    onOpen();
    for await (const line of readJsonLines(stream)) {
      const event = toEvent(line);
      if (event) yield event;
    }
  } catch (thrown) {
    throw connectionError(thrown, engine.address, ends);
  }
}

/** Not the exec events, which health checks and terminals cause all the time. */
const shownOfContainers = new Set(
  'create start restart die stop kill pause unpause destroy rename oom update health_status'.split(' '),
);

/** Whether an event may change a list of containers. */
export const touchesContainers = ({ type, action }: Pick<EngineEvent, 'type' | 'action'>): boolean =>
  type === 'container' && shownOfContainers.has(action);

const ofContainers = new Set(['create', 'destroy', 'commit', 'rename', 'remove']);

/** Whether an event may change a list of images, or the number of containers created from each. */
export function touchesImages({ type, action }: Pick<EngineEvent, 'type' | 'action'>): boolean {
  if (type === 'container') return ofContainers.has(action);
  return type === 'image' || type === 'builder';
}
