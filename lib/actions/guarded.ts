import 'server-only';
import type { Needs } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';

/** Metadata of an adapter, for the test that checks all of them. */
export interface Guarded {
  readonly permission: Needs;
  readonly because?: string;
  /** Of a route with its own protocol that changes something: why its requests have no entries in the audit log. */
  readonly audit?: { readonly none: string };
  /** Of such a route: what its denied requests are called in the audit log. */
  readonly requestName?: string;
  /** Undefined if a route has its own protocol. */
  readonly command?: Command;
}

export const guardOf = ({ permission, because }: Pick<Guarded, 'permission' | 'because'>): Guarded =>
  because === undefined ? { permission } : { permission, because };
