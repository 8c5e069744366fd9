import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

export interface WorkbenchContainer {
  image: string;
  name: string;
  entrypoint: string[];
  command: string[];
  /** `NAME=value` */
  environment: string[];
  directory: string;
  ports: { container: number; host: number | null; protocol: 'tcp' | 'udp' }[];
  /** Bytes. */
  memory: number | null;
  cpus: number | null;
  network: string;
}

/** ms. An image's first container may have to be unpacked. */
const createTimeout = 60_000;

/** Makes a container with a terminal, as `docker run -i -t` does, and answers its id. It is not started. */
export async function createWorkbenchContainer(engine: Engine, wish: WorkbenchContainer): Promise<string> {
  const key = ({ container, protocol }: WorkbenchContainer['ports'][number]) => `${container}/${protocol}`;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of wish.ports)
    (bindings[key(port)] ??= []).push({ HostIp: '', HostPort: port.host === null ? '' : String(port.host) });
  const answer = await callJson(engine, {
    method: 'POST',
    path: '/containers/create',
    query: { name: wish.name ? containerPath(wish.name) : undefined },
    timeout: createTimeout,
    body: {
      Image: wish.image,
      Entrypoint: wish.entrypoint,
      Cmd: wish.command,
      Env: wish.environment,
      WorkingDir: wish.directory,
      Tty: true,
      OpenStdin: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
      HostConfig: {
        PortBindings: bindings,
        // What it says is in the recording. As the engine's log each line would cost a record, without a limit.
        LogConfig: { Type: 'none', Config: {} },
        ...(wish.memory && { Memory: wish.memory, MemorySwap: wish.memory }),
        ...(wish.cpus && { NanoCpus: Math.round(wish.cpus * 1e9) }),
        ...(wish.network && { NetworkMode: wish.network }),
      },
    },
  });
  return parseAnswer(z.looseObject({ Id: z.string() }), answer).Id;
}
