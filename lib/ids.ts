import { randomBytes } from 'node:crypto';
import { remember } from '@/lib/remember';

declare const kindOfId: unique symbol;
/**
 * An id that is not accepted where an id of another kind is expected. A plain string is: rows, addresses and the engine's
 * answers give strings.
 */
type Id<Kind extends string> = string & { readonly [kindOfId]?: Kind };

export type UserId = Id<'user'>;
export type ProjectId = Id<'project'>;
export type RegistryId = Id<'registry'>;
export type UploadId = Id<'upload'>;
export type WorkbenchId = Id<'workbench'>;
/** A build, push, commit or comparison has its operation's id. */
export type OperationId = Id<'operation'>;
export type EngineId = Id<'engine'>;
/** `sha256:` and 64 hexadecimal digits, as the engine gives it. */
export type ImageId = Id<'image'>;
/** 64 hexadecimal digits, as the engine gives it. */
export type ContainerId = Id<'container'>;

/** Who did something, with the name of that time. */
export interface Actor {
  id: UserId;
  name: string;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Characters of milliseconds at the beginning of an id. */
const timeLength = 9;

/** The time in the newest id: lists and the queue are in the order of ids, also after the clock was set back. */
const newest = () => remember('newest-id', () => ({ time: 0 }));

/** At start-up: later ids sort after this one, which may be of a time when the clock was ahead. */
export function continueIds(after: string): void {
  const time = Array.from(after.slice(0, timeLength)).reduce(
    (sum, each) => sum * 32 + alphabet.indexOf(each),
    0,
  );
  newest().time = Math.max(newest().time, time);
}

/** A new id that sorts by its creation: milliseconds, of one after the other, and 7 random characters (35 bits). */
export function newId(now = Date.now()): string {
  const ids = newest();
  ids.time = now > ids.time ? now : ids.time + 1;
  let time = '';
  for (let rest = ids.time; time.length < timeLength; rest = Math.floor(rest / 32))
    time = alphabet[rest % 32] + time;
  return time + [...randomBytes(7)].map((byte) => alphabet[byte % 32]).join('');
}
