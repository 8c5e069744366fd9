import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { anyFreePort } from '@/bin/ports.js';
import { type ProcessRecord, readRecord } from '@/bin/processes.js';
import { newDirectory } from './environment';

const run = promisify(execFile);
const root = path.dirname(path.dirname(import.meta.dirname));

/** An installation that `npm start` runs, with a private engine and a registry, on free ports. */
export async function newInstallation() {
  const data = newDirectory('start');
  mkdirSync(path.join(data, 'engine/root'), { recursive: true }); // takes a private engine, whatever the machine has
  const port = await anyFreePort();
  const registryPort = await anyFreePort();
  const env = {
    ...process.env,
    LAYERWRIGHT_DATA: data,
    LAYERWRIGHT_PORT: String(port),
    LAYERWRIGHT_REGISTRY_PORT: String(registryPort),
  };
  const record = (name: string): ProcessRecord => {
    const found = readRecord(path.join(data, name));
    if (!found) throw new Error(`${name} records no process.`);
    return found;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    registry: `127.0.0.1:${registryPort}`,
    /** The registry's place, for one that an earlier version left. */
    registryPlace: { directory: path.join(data, 'registry'), port: registryPort },
    engine(): string {
      const file = readFileSync(path.join(data, 'engine/daemon.json'), 'utf8');
      return (JSON.parse(file) as { hosts: [string] }).hosts[0];
    },
    processes: () => ({
      web: record('server.json').pid,
      gate: record('gate/process.json').pid,
      engine: record('engine/process.json').pid,
      registry: record('registry/process.json').pid,
    }),
    /** Runs `npm run restore` with a name; its output. */
    restore: async (name: string) =>
      (await run(process.execPath, ['bin/restore.js', name], { cwd: root, env })).stdout,
    gateLog: path.join(data, 'gate/gate.log'),
    /** Runs `npm start`. */
    start() {
      const child = spawn(process.execPath, ['bin/start.js'], { cwd: root, env });
      const ended = once(child, 'exit');
      let output = '';
      for (const input of [child.stdout, child.stderr])
        input.setEncoding('utf8').on('data', (text: string) => (output += text));
      return {
        output: () => output,
        setupLink: () => output.match(/Set-up link +(http:\S+)/)?.[1] ?? '',
        /** Sends the signal and waits for its end; the exit code. */
        async end(signal: 'SIGTERM' | 'SIGKILL') {
          child.kill(signal);
          await ended;
          return child.exitCode;
        },
      };
    },
  };
}
