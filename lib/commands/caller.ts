import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Permission } from './permissions';
import type { Role } from './roles';

/** Who asks, as freshly read from the database. */
export interface CurrentUser {
  id: UserId;
  name: string;
  role: Role;
  loginSessionId: string;
}

interface Client {
  address: string;
  userAgent: string;
}

/** A permission; `signed-in` for what every user may ask; `public` for what may be done without signing in. */
export type Needs = Permission | 'signed-in' | 'public';

interface Asking {
  client: Client;
  /** Aborted when the caller has gone. */
  signal: AbortSignal;
  /** The bytes that come with the input: an upload. */
  body: ReadableStream<Uint8Array> | null;
}

export interface Caller extends Asking {
  user: CurrentUser;
}

/** A caller who may not be signed in. */
export interface Visitor extends Asking {
  user: CurrentUser | null;
}

export type CallerOf<N extends Needs> = N extends 'public' ? Visitor : Caller;
