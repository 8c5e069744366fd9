import type { Script } from '@/lib/shell/script';
import type { RecipeCommand } from './schema';

/** Syntax that a RUN's `/bin/sh` may not support. */
const bashOnly = /\[\[|<\(|>\(|&>|\|&|\$'|\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}|\bsource\s|\(\(|=\(|<<<|\bshopt\b/;

const execForm = (shell: string, text: string) => JSON.stringify([shell, '-c', text]);

/** The exec form of a command that the shell form of RUN cannot express; null if it can. */
export function execFormOf(
  command: RecipeCommand,
  script: Script | null,
  made: string,
  removal: string | null,
): string | null {
  const text = removal ? `${made}\n${removal}` : made;
  const shell = command.shell === 'bash' ? '/bin/bash' : '/bin/sh';
  const lines = made.replace(/\\\n/g, ' ');
  if (!script || lines.includes('\n')) return execForm(shell, text);
  return shell === '/bin/bash' && bashOnly.test(made) ? execForm(shell, text) : null;
}
