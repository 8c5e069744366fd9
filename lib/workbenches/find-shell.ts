import 'server-only';
import { statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { WorkbenchOptions } from './schema';

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where a program would be found in a container with these variables. */
export async function hasProgram(
  engine: Engine,
  containerId: string,
  program: string,
  environment: readonly string[],
): Promise<boolean> {
  if (program.startsWith('/')) return (await statPath(engine, containerId, program)) !== null;
  const set = environment.find((entry) => entry.startsWith('PATH='))?.slice('PATH='.length);
  for (const directory of (set || usualPath).split(':'))
    if (directory.startsWith('/') && (await statPath(engine, containerId, `${directory}/${program}`)))
      return true;
  return false;
}

/** Throws where the container has nothing that could be started as asked. Every shell is begun by its `sh`. */
export async function requireShell(
  engine: Engine,
  containerId: string,
  { shell, command }: WorkbenchOptions,
  environment: readonly string[],
): Promise<void> {
  if (shell === 'command') {
    if (await hasProgram(engine, containerId, command[0]!, environment)) return;
    throw new AppError('invalid_input', `There is no program ${command[0]} in this image.`, {
      fields: { command: 'There is no such program in this image.' },
    });
  }
  if (!(await hasProgram(engine, containerId, 'sh', environment)))
    throw new AppError('invalid_input', 'This image has no shell.', {
      hint: 'Start it with another command: one of its own programs.',
      fields: {
        shell:
          'This image has no bash, ash, dash or sh. Choose “another command”, and name a program of the image.',
      },
    });
  if (shell !== 'auto' && shell !== 'sh' && !(await hasProgram(engine, containerId, shell, environment)))
    throw new AppError('invalid_input', `This image has no ${shell}.`, {
      fields: { shell: `This image has no ${shell}; “found by itself” takes what there is.` },
    });
}
