import { z } from 'zod';
import { flag, listOrNull, number, runConfig, text, textMap, texts } from '@/lib/engine/wire/fields';
import { hostAccessOf } from './host-access';
import { orderPorts, portsOf, protocolOf } from './ports';
import type {
  CommitSource,
  ContainerDetails,
  ContainerHealth,
  ContainerMount,
  ContainerState,
  ContainerSummary,
} from './types';
import { containerStates } from './types';

export const idAnswer = z.looseObject({ Id: z.string() });

export const createAnswer = idAnswer.extend({ Warnings: texts });

export const waitAnswer = z.looseObject({ StatusCode: z.number() });

export const sizeAnswer = z.looseObject({ SizeRw: number });

export const execAnswer = z.looseObject({ Running: z.boolean(), ExitCode: z.number().nullish() });

export const changesAnswer = z
  .array(z.looseObject({ Path: z.string(), Kind: z.number().int().min(0).max(2) }))
  .nullish()
  .transform((list) => list ?? []);

export const pathStatAnswer = z.looseObject({
  size: z.number(),
  mode: z.number(),
  mtime: text,
  linkTarget: text,
});

const portAnswer = z.looseObject({
  PrivatePort: z.number(),
  PublicPort: z.number().nullish(),
  Type: text,
  IP: text,
});

export const listAnswer = z.array(
  z.looseObject({
    Id: z.string(),
    Names: texts,
    Image: text,
    ImageID: text,
    Command: text,
    // Some versions of Podman send a text.
    Created: z.union([z.number(), z.string().transform((value) => Date.parse(value) / 1000)]).catch(0),
    State: text,
    Status: text,
    Ports: z.array(portAnswer).nullish(),
    Labels: textMap,
  }),
);

const bindings = z
  .record(z.string(), z.array(z.looseObject({ HostIp: text, HostPort: text })).nullish())
  .nullish();

export const inspectAnswer = z.looseObject({
  Id: z.string(),
  Name: text,
  Created: text,
  Image: text,
  RestartCount: number,
  State: z.looseObject({
    Status: text,
    Running: flag,
    Paused: flag,
    ExitCode: number,
    OOMKilled: flag,
    Error: text,
    Pid: number,
    StartedAt: text,
    FinishedAt: text,
    Health: z.looseObject({ Status: text }).nullish(),
  }),
  Config: runConfig.extend({ Image: text, Hostname: text, Tty: flag, OpenStdin: flag }),
  HostConfig: z.looseObject({
    NetworkMode: text,
    RestartPolicy: z.looseObject({ Name: text, MaximumRetryCount: number }).nullish(),
    AutoRemove: flag,
    Privileged: flag,
    Memory: number,
    NanoCpus: number,
    PidsLimit: number,
    PidMode: text,
    IpcMode: text,
    UTSMode: text,
    UsernsMode: text,
    CapAdd: texts,
    CapDrop: texts,
    ReadonlyRootfs: flag,
    SecurityOpt: texts,
    Devices: z.array(z.unknown()).nullish(),
    DeviceRequests: z.array(z.unknown()).nullish(),
    DeviceCgroupRules: texts,
    MaskedPaths: z.array(z.string()).nullish(),
    ReadonlyPaths: z.array(z.string()).nullish(),
    LogConfig: z.looseObject({ Type: text }).nullish(),
    PortBindings: bindings,
  }),
  Mounts: z
    .array(z.looseObject({ Type: text, Name: text, Source: text, Destination: text, RW: flag, Driver: text }))
    .nullish(),
  NetworkSettings: z
    .looseObject({
      Ports: bindings,
      Networks: z
        .record(
          z.string(),
          z.looseObject({ IPAddress: text, Gateway: text, MacAddress: text, Aliases: texts }).nullish(),
        )
        .nullish(),
    })
    .nullish(),
});

export type InspectAnswer = z.output<typeof inspectAnswer>;

/** What it may do less than the engine allows by default. */
const protectionsOf = (host: InspectAnswer['HostConfig']): string[] => [
  ...(host.ReadonlyRootfs ? ['read-only root file system'] : []),
  ...host.SecurityOpt.filter((option) => /^no-new-privileges(?:[=:]true)?$/.test(option)).map(
    () => 'no new privileges',
  ),
  ...(host.CapDrop.length > 0 ? [`without the capabilities ${host.CapDrop.join(', ')}`] : []),
];

const containerName = (name: string, id: string) => name.replace(/^\//, '') || id.slice(0, 12);

/** Podman has other names for some states. */
export function stateOf(word: string): ContainerState {
  const known = containerStates.find((state) => state === word);
  if (known) return known;
  if (word === 'configured' || word === 'initialized') return 'created';
  return word === 'stopping' ? 'running' : 'exited';
}

const healthOf = (word: string): ContainerHealth | null =>
  word === 'healthy' || word === 'unhealthy' || word === 'starting' ? word : null;

/** From `Up 2 hours (healthy)`, `Up 3 seconds (health: starting)`: the list has no field for it. */
const listedHealth = (status: string) =>
  healthOf(/\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1] ?? '');

/** From `Exited (137) 5 minutes ago`. */
const listedExitCode = (status: string) => {
  const code = /^Exited \((-?\d+)\)/.exec(status)?.[1];
  return code === undefined ? null : Number(code);
};

export const toSummary = (answer: z.output<typeof listAnswer>[number]): ContainerSummary => ({
  id: answer.Id,
  // A link from another container is listed as `/other/name`; the container's own name has no second slash.
  name: containerName(
    answer.Names.find((name) => !name.replace(/^\//, '').includes('/')) ?? answer.Names[0] ?? '',
    answer.Id,
  ),
  image: answer.Image,
  imageId: answer.ImageID,
  command: answer.Command,
  created: answer.Created * 1000,
  state: stateOf(answer.State),
  exitCode: listedExitCode(answer.Status),
  health: listedHealth(answer.Status),
  ports: orderPorts(
    (answer.Ports ?? []).map((port) => ({
      inside: port.PrivatePort,
      protocol: protocolOf(port.Type),
      outside: port.PublicPort || null,
      address: port.IP,
    })),
  ),
  labels: answer.Labels,
});

const ended = new Set<ContainerState>(['exited', 'dead', 'restarting']);
const mountKinds: Record<string, ContainerMount['kind']> = { volume: 'volume', bind: 'bind', tmpfs: 'tmpfs' };
const timeOf = (time: string) => (time.startsWith('0001-') ? null : Date.parse(time) || null);

export function toDetails(answer: InspectAnswer): ContainerDetails {
  const { State: state, Config: config, HostConfig: host, NetworkSettings: network } = answer;
  const word = stateOf(state.Status);
  const retries = host.RestartPolicy?.MaximumRetryCount ?? 0;
  const restart = host.RestartPolicy?.Name || 'no';
  return {
    id: answer.Id,
    name: containerName(answer.Name, answer.Id),
    image: config.Image || answer.Image,
    imageId: answer.Image,
    created: Math.max(Date.parse(answer.Created) || 0, 0),
    state: word,
    // A container that could not be started stays `created`, with an exit code.
    exitCode: ended.has(word) || (word === 'created' && state.ExitCode !== 0) ? state.ExitCode : null,
    outOfMemory: state.OOMKilled,
    error: state.Error,
    health: healthOf(state.Health?.Status ?? ''),
    startedAt: timeOf(state.StartedAt),
    finishedAt: timeOf(state.FinishedAt),
    restarts: answer.RestartCount,
    pid: state.Pid,
    entrypoint: listOrNull(config.Entrypoint),
    command: listOrNull(config.Cmd),
    environment: config.Env,
    workingDirectory: config.WorkingDir,
    user: config.User,
    hostname: config.Hostname,
    labels: config.Labels,
    stopSignal: config.StopSignal,
    terminal: config.Tty,
    openStdin: config.OpenStdin,
    restartPolicy: retries > 0 ? `${restart}:${retries}` : restart,
    autoRemove: host.AutoRemove,
    hostAccess: hostAccessOf(answer),
    protections: protectionsOf(host),
    networkMode: host.NetworkMode,
    logDriver: host.LogConfig?.Type ?? '',
    memory: host.Memory,
    cpus: host.NanoCpus / 1e9,
    pids: Math.max(host.PidsLimit, 0),
    ports: portsOf(network?.Ports, host.PortBindings, config.ExposedPorts),
    mounts: (answer.Mounts ?? []).map((mount) => ({
      kind: mountKinds[mount.Type] ?? 'other',
      name: mount.Name,
      source: mount.Source,
      target: mount.Destination,
      writable: mount.RW,
      anonymous: mount.Type === 'volume' && /^[a-f0-9]{64}$/.test(mount.Name),
    })),
    networks: Object.entries(network?.Networks ?? {}).map(([name, at]) => ({
      name,
      address: at?.IPAddress ?? '',
      gateway: at?.Gateway ?? '',
      mac: at?.MacAddress ?? '',
      aliases: (at?.Aliases ?? []).filter((alias) => !answer.Id.startsWith(alias)),
    })),
  };
}

export function toCommitSource(answer: InspectAnswer): CommitSource {
  const { Id: id, Name: name, Image: imageId, State: state, Config: config } = answer;
  return {
    id,
    name: containerName(name, id),
    imageId,
    imageName: config.Image || imageId,
    running: state.Running,
    paused: state.Paused,
    mounts: (answer.Mounts ?? []).map(({ Type, Destination }) => ({ kind: Type, target: Destination })),
    config,
  };
}
