import 'server-only';
import type { Needs } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';

/** Metadata of an adapter, for the test that checks all of them. */
export interface Guarded {
  readonly permission: Needs;
  readonly because?: string;
  /** Undefined if a route has its own protocol. */
  readonly command?: Command;
}

export const guardOf = ({ permission, because }: Guarded): Guarded =>
  because === undefined ? { permission } : { permission, because };
