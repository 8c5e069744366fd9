import 'server-only';
import { createAnswer } from './answers';
import type { ContainerId } from '@/lib/ids';
import { containerError } from './errors';
import { portBindings, portKey } from './ports';
import type { ContainerPort } from './types';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

export interface ContainerRequest {
  /** Reference or id. */
  image: string;
  name?: string;
  /** Replaces the image's. */
  entrypoint?: string[];
  command?: string[];
  /** `NAME=value` */
  environment?: string[];
  workingDirectory?: string;
  user?: string;
  labels?: Record<string, string>;
  /** If `outside` is null, the engine chooses a port. */
  ports?: ContainerPort[];
  /** `name-or-path:target[:ro]` */
  binds?: string[];
  memoryBytes?: number;
  /** Of memory and swap together. */
  memoryAndSwapBytes?: number;
  cpus?: number;
  /** Processes. */
  pids?: number;
  /** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`. */
  restart?: string;
  network?: string;
  /** The engine removes the container when it exits. */
  autoRemove?: boolean;
  terminal?: boolean;
  openStdin?: boolean;
  /** Attaches stdin, stdout and stderr, as `docker run -i -t` does. */
  attached?: boolean;
  /** Replaces the engine's default; `none` stores no output. */
  logDriver?: string;
  networkDisabled?: boolean;
  /** Its root file system. */
  readOnly?: boolean;
  /** Paths that are writable memory. */
  tmpfs?: string[];
  /** No program gains rights by its file: setuid, file capabilities. */
  noNewPrivileges?: boolean;
  /** Without any capability, also as root. */
  dropCapabilities?: boolean;
  /** Names of profiles; empty: the engine's default. */
  profiles?: { seccomp: string; appArmor: string; selinuxType: string };
}

function securityOptions({ noNewPrivileges, profiles }: ContainerRequest): string[] | undefined {
  const options = [
    ...(noNewPrivileges ? ['no-new-privileges'] : []),
    ...(profiles?.seccomp ? [`seccomp=${profiles.seccomp}`] : []),
    ...(profiles?.appArmor ? [`apparmor=${profiles.appArmor}`] : []),
    ...(profiles?.selinuxType ? [`label=type:${profiles.selinuxType}`] : []),
  ];
  return options.length > 0 ? options : undefined;
}

function restartPolicy(text = 'no') {
  const [name, retries] = text.split(':');
  return { Name: name, ...(retries && { MaximumRetryCount: Number(retries) }) };
}

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The engine may have to unpack the image's file system. */
const createTimeoutMs = 60_000;

/** Creates a container without starting it. Also returns the engine's warnings. */
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
    AttachStdin: request.attached,
    AttachStdout: request.attached,
    AttachStderr: request.attached,
    NetworkDisabled: request.networkDisabled,
    ExposedPorts: Object.fromEntries(ports.map((port) => [portKey(port), {}])),
    HostConfig: given({
      PortBindings: portBindings(ports),
      Binds: request.binds,
      Memory: request.memoryBytes,
      MemorySwap: request.memoryAndSwapBytes,
      NanoCpus: request.cpus === undefined ? undefined : Math.round(request.cpus * 1e9),
      PidsLimit: request.pids,
      RestartPolicy: restartPolicy(request.restart),
      NetworkMode: request.network,
      AutoRemove: autoRemove,
      ReadonlyRootfs: request.readOnly,
      Tmpfs: request.tmpfs?.length ? Object.fromEntries(request.tmpfs.map((path) => [path, ''])) : undefined,
      SecurityOpt: securityOptions(request),
      CapDrop: request.dropCapabilities ? ['ALL'] : undefined,
      LogConfig: request.logDriver === undefined ? undefined : { Type: request.logDriver, Config: {} },
    }),
  });
  try {
    const answer = await callJson(engine, {
      method: 'POST',
      path: '/containers/create',
      query: { name: name && containerPath(name) },
      body,
      timeoutMs: createTimeoutMs,
    });
    const { Id: id, Warnings: warnings } = parseAnswer(createAnswer, answer);
    return { id, warnings };
  } catch (error) {
    throw containerError(error);
  }
}

/** Creates a container to fill, read or commit. `command` is the only thing that it can run. Returns its id. */
export async function createScratchContainer(
  engine: Engine,
  image: string,
  name: string,
  command: string[],
  user: string,
): Promise<ContainerId> {
  const { id } = await createContainer(engine, {
    image,
    name,
    entrypoint: command,
    command: [],
    user: user || undefined,
    networkDisabled: true,
    network: 'none',
  });
  return id;
}
