import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Contents by path; a link is `{ link: target }`. */
type TestFiles = Record<string, string | { link: string }>;

export interface GitServer {
  /** `http://127.0.0.1:port/` */
  url: string;
  /** A commit of exactly these files on a branch of `/site.git`; returns its id. */
  commit(files: TestFiles, branch?: string): string;
  /** Git in the working copy. */
  git(...args: string[]): string;
  /** Requests that had no valid login, and paths that were asked for. */
  readonly asked: string[];
  /** Something else to do with a request, until it is taken back with null. */
  intercept(answer: ((request: IncomingMessage, response: ServerResponse) => void) | null): void;
  close(): Promise<void>;
}

const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

function write(directory: string, files: TestFiles) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
}

/** The answer of a CGI program: headers, an empty line, the body. */
function passOn(output: Buffer, response: ServerResponse) {
  const end = output.indexOf('\r\n\r\n');
  const headers = output.toString('latin1', 0, end).split('\r\n');
  for (const header of headers) {
    const [name = '', value = ''] = header.split(/:\s*/, 2);
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(output.subarray(end + 4));
}

function backend(root: string, request: IncomingMessage, response: ServerResponse) {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      ...identity,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.on('close', () => passOn(Buffer.concat(pieces), response));
  request.pipe(child.stdin);
}

/** A real Git server on loopback: `git http-backend`, with a password where one is given. */
export async function startGitServer(password?: string): Promise<GitServer> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'layerwright-git-'));
  const work = path.join(root, 'work');
  const bare = path.join(root, 'site.git');
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: work,
      env: { ...process.env, ...identity },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  mkdirSync(work);
  git('init', '-q', '-b', 'main');
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare], { env: { ...process.env, ...identity } });

  const asked: string[] = [];
  let intercepted: Parameters<GitServer['intercept']>[0] = null;
  const expected = `Basic ${Buffer.from(`ada:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.headers.authorization === expected ? 'ada ' : ''}${request.url}`);
    if (intercepted) return intercepted(request, response);
    if (password && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    backend(root, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    git,
    commit(files, branch = 'main') {
      git('checkout', '-q', '-B', branch);
      git('rm', '-rq', '--ignore-unmatch', '.');
      write(work, files);
      git('add', '-A', '-f');
      git('commit', '-q', '--allow-empty', '-m', 'Change the site');
      git('push', '-q', '-f', bare, branch);
      return git('rev-parse', 'HEAD');
    },
    intercept(answer) {
      intercepted = answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
