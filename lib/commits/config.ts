import type { RunConfig } from '@/lib/engine/containers/commit';
import { type CommitChanges, parseCommandText, portPattern } from './schema';

const nameOf = (assignment: string) => assignment.split('=', 1)[0]!;

function setVariable(list: string[], name: string, value: string): string[] {
  const next = `${name}=${value}`;
  const index = list.findIndex((one) => nameOf(one) === name);
  return index < 0 ? [...list, next] : list.with(index, next);
}

function portKeys(text: string): string[] {
  const [, first, last = first, protocol = 'tcp'] = portPattern.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => `${Number(first) + index}/${protocol}`);
}

const union = (one: string[], other: string[]) => [...new Set([...one, ...other])];

/**
 * The base image's configuration with the changes that were asked for, as a Dockerfile's instructions would make them: a
 * new entry point takes the old command with it, and triggers are not handed down.
 */
export function changedConfig(base: RunConfig, changes: CommitChanges): RunConfig {
  const command = parseCommandText(changes.command);
  const entrypoint = parseCommandText(changes.entrypoint);
  return {
    ...base,
    Cmd: command ?? (entrypoint ? [] : base.Cmd),
    Entrypoint: entrypoint ?? base.Entrypoint,
    Env: changes.environment.reduce((list, { name, value }) => setVariable(list, name, value), base.Env),
    ExposedPorts: union(base.ExposedPorts, changes.ports.flatMap(portKeys)),
    Labels: {
      ...base.Labels,
      ...Object.fromEntries(changes.labels.map(({ name, value }) => [name, value])),
    },
    OnBuild: changes.triggers,
    User: changes.user || base.User,
    Volumes: union(base.Volumes, changes.volumes),
    WorkingDir: changes.workingDirectory || base.WorkingDir,
  };
}

const words = (names: string[]) => names.map((name) => `“${name}”`).join(', ');
const beyond = (own: string[], wanted: string[]) => own.filter((name) => !wanted.includes(name));

export interface Taken {
  what: 'command' | 'user' | 'workingDirectory' | 'environment' | 'labels' | 'ports' | 'volumes';
  /** As words: `its command “bash”`. */
  text: string;
}

/**
 * What the engine's own commit would take over from the container although nobody asked for it: it fills every empty
 * place of the configuration (moby daemon/commit.go, `merge`).
 */
export function takenFromContainer(container: RunConfig, wanted: RunConfig): Taken[] {
  const takesCommand = wanted.Entrypoint.length === 0 && wanted.Cmd.length === 0 && container.Cmd.length > 0;
  const lists = {
    environment: beyond(container.Env.map(nameOf), wanted.Env.map(nameOf)),
    labels: beyond(Object.keys(container.Labels), Object.keys(wanted.Labels)),
    ports: beyond(container.ExposedPorts, wanted.ExposedPorts),
    volumes: beyond(container.Volumes, wanted.Volumes),
  } as const;
  const taken: Taken[] = [];
  if (takesCommand) taken.push({ what: 'command', text: `its command “${container.Cmd.join(' ')}”` });
  if (!wanted.User && container.User) taken.push({ what: 'user', text: `its user “${container.User}”` });
  if (!wanted.WorkingDir && container.WorkingDir)
    taken.push({ what: 'workingDirectory', text: `its working directory “${container.WorkingDir}”` });
  for (const what of ['environment', 'labels', 'ports', 'volumes'] as const)
    if (lists[what].length > 0) taken.push({ what, text: `its ${what}: ${words(lists[what])}` });
  return taken;
}
