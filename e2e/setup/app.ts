import path from 'node:path';
import { anyFreePort } from '@/bin/ports.js';
import { writeRecord } from '@/bin/processes.js';
import { startServer } from '@/bin/server.js';
import { fromEnvironment, newDirectory } from './environment';

const root = path.dirname(path.dirname(import.meta.dirname));

export interface AppOptions {
  /** Address of the engine; default: the shared test engine. */
  engine?: string;
  /** Additional settings, LAYERWRIGHT_… */
  env?: Record<string, string>;
  /** A program and its arguments that run the server, for example with fewer rights. */
  through?: string[];
}

/** A server of the built app with its own port and data directory, which survive a stop. */
export interface App {
  readonly url: string;
  readonly dataDirectory: string;
  /** All output, over all starts. */
  output(): string;
  /** The printed set-up link. */
  setupLink(): string;
  start(): Promise<void>;
  /** Stops it with SIGINT, as Ctrl-C does. */
  stop(): Promise<void>;
  /** Kills it with SIGKILL, as a crash does. */
  kill(): Promise<void>;
}

/** An app that is only asked. */
export type RunningApp = Pick<App, 'url'>;

/** Creates an app; the caller starts and stops it. */
export async function newApp({ engine, env = {}, through }: AppOptions = {}): Promise<App> {
  const port = await anyFreePort();
  const host = '127.0.0.1';
  const dataDirectory = newDirectory('app');
  const lines: string[] = [];
  let server: ReturnType<typeof startServer> | null = null;
  const settings = {
    LAYERWRIGHT_ENGINE: engine ?? fromEnvironment('LAYERWRIGHT_TEST_ENGINE'),
    LAYERWRIGHT_LOCAL_REGISTRY: fromEnvironment('LAYERWRIGHT_TEST_REGISTRY'),
    LAYERWRIGHT_DATA: dataDirectory,
    ...env,
  };

  return {
    url: `http://${host}:${port}`,
    dataDirectory,
    output: () => lines.join('\n'),
    setupLink() {
      const link = lines.findLast((line) => line.startsWith('Set-up link: '))?.slice('Set-up link: '.length);
      if (!link) throw new Error(`The server printed no set-up link:\n${lines.join('\n')}`);
      return link;
    },
    async start() {
      if (server) throw new Error('The app runs already.');
      server = startServer({
        root,
        mode: 'start',
        host,
        port,
        env: settings,
        through,
        onLine: (line) => lines.push(line),
      });
      // For bin/sweep.js, if this process is killed.
      writeRecord(path.join(dataDirectory, 'process.json'), server.pid);
      if (await server.ready()) return;
      await server.stop();
      server = null;
      throw new Error(`The app did not start:\n${lines.join('\n')}`);
    },
    async stop() {
      await server?.stop();
      server = null;
    },
    async kill() {
      server?.kill();
      await server?.ended();
      server = null;
    },
  };
}
