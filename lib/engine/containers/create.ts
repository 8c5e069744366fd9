import 'server-only';
import { z } from 'zod';
import type { ContainerId } from '@/lib/ids';
import { containerError } from './errors';
import type { ContainerPort } from './types';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

export interface ContainerRequest {
  /** Reference or id. */
  image: string;
  name?: string;
  /** Instead of the image's own. */
  entrypoint?: string[];
  command?: string[];
  /** `NAME=value` */
  environment?: string[];
  workingDirectory?: string;
  user?: string;
  labels?: Record<string, string>;
  /** `outside` null: the engine chooses a port. */
  ports?: ContainerPort[];
  /** `name-or-path:target[:ro]` */
  binds?: string[];
  /** Bytes, CPUs, processes. */
  memory?: number;
  cpus?: number;
  pids?: number;
  /** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`. */
  restart?: string;
  network?: string;
  /** The engine removes it when it ends. */
  autoRemove?: boolean;
  terminal?: boolean;
  openStdin?: boolean;
}

const portKey = ({ inside, protocol }: ContainerPort) => `${inside}/${protocol}`;

function portBindings(ports: ContainerPort[]) {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    const place = { HostIp: port.address, HostPort: port.outside === null ? '' : String(port.outside) };
    (bindings[portKey(port)] ??= []).push(place);
  }
  return bindings;
}

function restartPolicy(text = 'no') {
  const [name, retries] = text.split(':');
  return { Name: name, ...(retries && { MaximumRetryCount: Number(retries) }) };
}

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** ms. The engine may have to prepare the image's file system. */
const createTimeout = 60_000;

/** Makes a container; it is not started. Answers what the engine warns about, too. */
export async function createContainer(
  engine: Engine,
  request: ContainerRequest,
): Promise<{ id: ContainerId; warnings: string[] }> {
  const { image, name, ports = [], autoRemove = false } = request;
  const body = given({
    Image: image,
    Entrypoint: request.entrypoint,
    Cmd: request.command,
    Env: request.environment,
    WorkingDir: request.workingDirectory,
    User: request.user,
    Labels: request.labels,
    Tty: request.terminal,
    OpenStdin: request.openStdin,
    ExposedPorts: Object.fromEntries(ports.map((port) => [portKey(port), {}])),
    HostConfig: given({
      PortBindings: portBindings(ports),
      Binds: request.binds,
      Memory: request.memory,
      NanoCpus: request.cpus === undefined ? undefined : Math.round(request.cpus * 1e9),
      PidsLimit: request.pids,
      RestartPolicy: restartPolicy(request.restart),
      NetworkMode: request.network,
      AutoRemove: autoRemove,
    }),
  });
  try {
    const answer = await callJson(engine, {
      method: 'POST',
      path: '/containers/create',
      query: { name: name && containerPath(name) },
      body,
      timeout: createTimeout,
    });
    const shape = z.looseObject({ Id: z.string(), Warnings: z.array(z.string()).nullish() });
    const { Id: id, Warnings: warnings } = parseAnswer(shape, answer);
    return { id, warnings: warnings ?? [] };
  } catch (error) {
    throw containerError(error);
  }
}
