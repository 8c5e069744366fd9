import 'server-only';
import type { Needs } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';

/** What an adapter shows to the test that walks all of them. */
export interface Guarded {
  readonly permission: Needs;
  readonly because?: string;
  /** Absent where a route speaks a protocol of its own. */
  readonly command?: Command;
}

export const guardOf = ({ permission, because }: Guarded): Guarded =>
  because === undefined ? { permission } : { permission, because };
