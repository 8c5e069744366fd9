import 'server-only';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { remember } from '@/lib/remember';

const script = () =>
  remember('workbench-boot', () =>
    readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/workbenches/boot.sh'), 'utf8'),
  );

/**
 * What a container is started with so that its shell tells its commands. All of it is in the arguments: no file and no
 * variable of ours is in the container, and a commit takes the base image's command back.
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

/** Says which process it is, and becomes the program. */
const announce = `printf "\\033]133;I;lw=%s;pid=%s\\007" "$0" $$; exec "$@"`;

/** Another program, told apart from others by its process id; needs a shell to say it. */
export const announced = (command: string[], key: string): string[] => [
  'sh',
  '-c',
  announce,
  key,
  ...command,
];
