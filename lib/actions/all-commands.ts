import 'server-only';
import * as builds from '@/lib/builds/commands';
import type { Command } from '@/lib/commands/command';

/** Every command and query there is, for what walks them all. */
export const allCommands: readonly Command[] = [builds].flatMap((domain): Command[] => Object.values(domain));
