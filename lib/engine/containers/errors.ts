import { wordsOf } from '@/lib/engine/wire/errors';
import { AppError } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';

/** Messages for a container that cannot be created or started, of Docker 20.10 to 28 and of Podman. */
const rules: ErrorRule[] = [
  {
    pattern: /container name "\/?([^"]+)" is already in use/i,
    code: 'conflict',
    message: 'The name $1 is used by another container.',
    hint: 'Choose another name, or remove that container first.',
    field: 'name',
  },
  {
    pattern:
      /(?:Bind for|listen (?:tcp|udp)[46]?) \[?([^\s]*?)\]?:(\d+)(?: failed: port is already allocated|: bind: address already in use)/i,
    code: 'conflict',
    message: "Port $2 of the engine's host is already in use.",
    hint: 'Choose another port, or leave it empty to use a free one.',
    field: 'ports',
  },
  {
    pattern: /(?:port is already allocated|address already in use)/i,
    code: 'conflict',
    message: "A port of the engine's host is already in use.",
    hint: 'Choose another port, or leave it empty to use a free one.',
    field: 'ports',
  },
  {
    pattern: /listen (?:tcp|udp)[46]?.*bind: permission denied/i,
    code: 'engine_rejected',
    message: 'The engine may not listen on that port.',
    hint: 'Choose a port of 1024 or higher.',
    field: 'ports',
  },
  {
    pattern: /no command specified|no command or entrypoint provided/i,
    code: 'invalid_input',
    message: 'The image has no command.',
    hint: 'Enter the command to run.',
    field: 'command',
  },
  {
    pattern:
      /exec(?:: |\w* )"?([^":]+)"?: (?:executable file not found|stat [^:]+: no such file|no such file)/i,
    code: 'invalid_input',
    message: 'There is no program $1 in the image (exit code 127).',
    hint: 'Check the command and the entrypoint; a script needs its interpreter in the image, too.',
    field: 'command',
  },
  {
    pattern: /exec(?:: |\w* )"?([^":]+)"?: permission denied/i,
    code: 'invalid_input',
    message: '$1 cannot be run: it is not executable (exit code 126).',
    hint: 'Make it executable in the image (`chmod +x`), or name the program that runs it.',
    field: 'command',
  },
  {
    pattern: /exec format error/i,
    code: 'invalid_input',
    message:
      'The program cannot be run here: it is built for another architecture, or a script without `#!` (exit code 126).',
    hint: "Build the image for the engine's platform, or name the interpreter.",
    field: 'command',
  },
  {
    pattern: /bind source path does not exist: (\S+)/i,
    code: 'invalid_input',
    message: "There is no $1 on the engine's host.",
    hint: 'Create the folder first, or use a volume.',
    field: 'binds',
  },
  {
    pattern: /network (\S+) not found/i,
    code: 'invalid_input',
    message: 'The engine has no network $1.',
    hint: 'Choose one from the list.',
    field: 'network',
  },
  {
    pattern: /no such image:? (\S+)/i,
    code: 'not_found',
    message: 'The engine has no image $1.',
    hint: 'Build or pull it first.',
  },
  {
    pattern: /minimum memory limit allowed is (\S+)/i,
    code: 'invalid_input',
    message: 'The memory limit is too small: at least $1.',
    hint: 'Raise the memory limit.',
    field: 'memory',
  },
  {
    pattern: /range of CPUs is from (\S+) to (\S+),/i,
    code: 'invalid_input',
    message: 'Processors: from $1 to $2.',
    hint: "The engine's host has no more than that.",
    field: 'cpus',
  },
];

/** Explains a known error of creating or starting a container. Others are returned unchanged. */
export function containerError(thrown: unknown): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  return matchRule(rules, wordsOf(thrown), { cause: thrown.cause }) ?? thrown;
}
