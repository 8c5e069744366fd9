import type { RunConfig } from '@/lib/engine/wire/fields';
import { type CommitChanges, parseCommandText, portPattern } from './schema';

const variableOf = (assignment: string) => assignment.split('=', 1)[0]!;

function setVariable(list: string[], name: string, value: string): string[] {
  const next = `${name}=${value}`;
  const index = list.findIndex((one) => variableOf(one) === name);
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
 * new ENTRYPOINT resets CMD, and ONBUILD triggers are not inherited.
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

interface Taken {
  what: 'command' | 'user' | 'workingDirectory' | 'environment' | 'labels' | 'ports' | 'volumes';
  /** For messages: `command “bash”`. */
  text: string;
}

/**
 * The container's settings that a standard commit would keep without being asked: the engine fills every empty field of
 * the configuration (moby daemon/commit.go, `merge`).
 */
export function takenFromContainer(container: RunConfig, wanted: RunConfig): Taken[] {
  const takesCommand = wanted.Entrypoint.length === 0 && wanted.Cmd.length === 0 && container.Cmd.length > 0;
  const lists = {
    environment: beyond(container.Env.map(variableOf), wanted.Env.map(variableOf)),
    labels: beyond(Object.keys(container.Labels), Object.keys(wanted.Labels)),
    ports: beyond(container.ExposedPorts, wanted.ExposedPorts),
    volumes: beyond(container.Volumes, wanted.Volumes),
  } as const;
  const taken: Taken[] = [];
  if (takesCommand) taken.push({ what: 'command', text: `command “${container.Cmd.join(' ')}”` });
  if (!wanted.User && container.User) taken.push({ what: 'user', text: `user “${container.User}”` });
  if (!wanted.WorkingDir && container.WorkingDir)
    taken.push({ what: 'workingDirectory', text: `working directory “${container.WorkingDir}”` });
  for (const what of ['environment', 'labels', 'ports', 'volumes'] as const)
    if (lists[what].length > 0) taken.push({ what, text: `${what}: ${words(lists[what])}` });
  return taken;
}
