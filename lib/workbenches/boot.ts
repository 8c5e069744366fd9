import 'server-only';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { remember } from '@/lib/remember';

const script = () =>
  remember('workbench-boot', () =>
    readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/workbenches/boot.sh'), 'utf8'),
  );

/**
 * The command that starts a shell with recording marks. Everything is in the arguments, so that the container contains no
 * file or variable of ours; a commit restores the base image's command.
 */
export const bootCommand = (shell: string, key: string): string[] => [
  'sh',
  '-c',
  'eval "$1"',
  'layerwright',
  script(),
  shell,
  key,
];

/** Reports its process id, then executes the program. */
const announce = `printf "\\033]133;I;lw=%s;pid=%s\\007" "$0" $$; exec "$@"`;

/** Wraps another program so that its process id is reported; needs a shell. */
export const announced = (command: string[], key: string): string[] => [
  'sh',
  '-c',
  announce,
  key,
  ...command,
];
