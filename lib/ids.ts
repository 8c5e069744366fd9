import { randomBytes } from 'node:crypto';

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

/** A new id that sorts by time of creation: 9 characters of milliseconds, 7 random ones (35 bits). */
export function newId(now = Date.now()): string {
  let time = '';
  for (let rest = now; time.length < 9; rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  return time + [...randomBytes(7)].map((byte) => alphabet[byte % 32]).join('');
}
