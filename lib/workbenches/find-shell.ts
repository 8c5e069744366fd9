import 'server-only';
import { statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { ContainerId } from '@/lib/ids';
import type { WorkbenchOptions } from './schema';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Whether a container with these variables has the program in its PATH. */
async function hasProgram(
  engine: Engine,
  containerId: ContainerId,
  program: string,
  environment: readonly string[],
): Promise<boolean> {
  if (program.startsWith('/')) return (await statPath(engine, containerId, program)) !== null;
  const set = environment.find((entry) => entry.startsWith('PATH='))?.slice('PATH='.length);
  for (const directory of (set || defaultPath).split(':'))
    if (directory.startsWith('/') && (await statPath(engine, containerId, `${directory}/${program}`)))
      return true;
  return false;
}

/** Throws if the container lacks the requested program. Shells are started by `sh`. */
export async function requireShell(
  engine: Engine,
  containerId: ContainerId,
  { shell, command }: WorkbenchOptions,
  environment: readonly string[],
): Promise<void> {
  if (shell === 'command') {
    if (await hasProgram(engine, containerId, command[0]!, environment)) return;
    throw new AppError('invalid_input', `This image has no program ${command[0]}.`, {
      fields: { command: 'This image has no such program.' },
    });
  }
  if (!(await hasProgram(engine, containerId, 'sh', environment)))
    throw new AppError('invalid_input', 'This image has no shell.', {
      hint: 'Start it with a custom command.',
      fields: {
        shell:
          'This image has no bash, ash, dash or sh. Choose “Custom command” and enter a program of the image.',
      },
    });
  if (shell !== 'auto' && shell !== 'sh' && !(await hasProgram(engine, containerId, shell, environment)))
    throw new AppError('invalid_input', `This image has no ${shell}.`, {
      fields: { shell: `This image has no ${shell}. Choose “Detect shell”.` },
    });
}
