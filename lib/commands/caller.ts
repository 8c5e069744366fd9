import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Permission } from './permissions';
import type { Role } from './roles';

/** The caller, as currently stored. */
export interface CurrentUser {
  id: UserId;
  name: string;
  role: Role;
  loginSessionId: string;
  /** When the password was last entered in this login session; ms since 1970. */
  provedAt: number;
}

interface Client {
  address: string;
  userAgent: string;
}

/** A permission; `signed-in` for every user; `public` without login. */
export type Needs = Permission | 'signed-in' | 'public';

interface Asking {
  client: Client;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
  /** The bytes of an upload. */
  body: ReadableStream<Uint8Array> | null;
}

export interface Caller extends Asking {
  user: CurrentUser;
}

/** A caller that may be anonymous. */
export interface Visitor extends Asking {
  user: CurrentUser | null;
}

export type CallerOf<N extends Needs> = N extends 'public' ? Visitor : Caller;
