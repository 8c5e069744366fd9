import 'server-only';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/lib/errors';

export interface GitWorkplace {
  /** The bare repository; also HOME, so that nobody's settings are read. */
  directory: string;
  /** Settings of this run alone, in its environment: no argument and no file shows them. */
  config: Record<string, string>;
  env: Record<string, string>;
  signal: AbortSignal;
}

export interface GitOutcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

const maxOutput = 4 * 1024 * 1024;

/** Nothing of the server's own environment but where programs are. */
function environmentOf({ directory, config, env }: GitWorkplace): NodeJS.ProcessEnv {
  const settings = Object.entries(config);
  return {
    NODE_ENV: process.env.NODE_ENV,
    PATH: process.env.PATH,
    HOME: directory,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    ...env,
  };
}

const missing = (cause: unknown) =>
  new AppError('conflict', 'Git is not installed on the server.', {
    hint: 'Install it with: sudo apt-get install git openssh-client',
    cause,
  });

/**
 * Runs git as a child process, without a shell. Its standard output goes into `into`, or is kept; lines of progress are
 * told as they come.
 */
export async function runGit(
  place: GitWorkplace,
  args: string[],
  { into, onLine }: { into?: Writable; onLine?: (line: string) => void } = {},
): Promise<GitOutcome> {
  place.signal.throwIfAborted();
  const child = spawn('git', args, {
    cwd: place.directory,
    env: environmentOf(place),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: git's helpers (ssh, git-remote-https) end with it.
    detached: true,
  });
  const kill = () => {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  };
  const end = () => {
    try {
      kill();
    } catch {
      // it ended by itself in this moment
    }
  };
  place.signal.addEventListener('abort', end, { once: true });
  const stderr: string[] = [];
  // Git tells its progress with \r; readline takes that for an end of line too.
  createInterface({ input: child.stderr }).on('line', (line) => {
    onLine?.(line);
    if (!/^\S[^:]*:\s+\d+%/.test(line)) stderr.push(line.slice(0, 2000));
    if (stderr.length > 200) stderr.shift();
  });
  let stdout = '';
  const reading = into
    ? pipeline(child.stdout, into)
    : (async () => {
        for await (const piece of child.stdout.setEncoding('utf8')) {
          stdout += piece as string;
          if (stdout.length > maxOutput) end();
        }
      })();
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? missing(error) : error),
    );
    child.once('close', resolve);
  });
  try {
    const [code] = await Promise.all([ended, reading]);
    place.signal.throwIfAborted();
    return { code, stdout, stderr: stderr.join('\n') };
  } catch (error) {
    end();
    throw place.signal.aborted ? place.signal.reason : error;
  } finally {
    place.signal.removeEventListener('abort', end);
  }
}
