import type { RunConfig } from '@/lib/engine/commit';
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

/**
 * What the engine's own commit would take over from the container although nobody asked for it: it fills every empty
 * place of the configuration (moby daemon/commit.go, `merge`). Each as words that can be shown.
 */
export function takenFromContainer(container: RunConfig, wanted: RunConfig): string[] {
  const variables = beyond(container.Env.map(nameOf), wanted.Env.map(nameOf));
  const labels = beyond(Object.keys(container.Labels), Object.keys(wanted.Labels));
  const ports = beyond(container.ExposedPorts, wanted.ExposedPorts);
  const volumes = beyond(container.Volumes, wanted.Volumes);
  const takesCommand =
    wanted.Entrypoint.length === 0 && wanted.Cmd.length === 0 && container.Cmd.length > 0;
  return [
    takesCommand && `its command “${container.Cmd.join(' ')}”`,
    !wanted.User && container.User && `its user “${container.User}”`,
    !wanted.WorkingDir && container.WorkingDir && `its working directory “${container.WorkingDir}”`,
    variables.length > 0 && `its environment: ${words(variables)}`,
    labels.length > 0 && `its labels: ${words(labels)}`,
    ports.length > 0 && `its ports: ${words(ports)}`,
    volumes.length > 0 && `its volumes: ${words(volumes)}`,
  ].filter((text) => typeof text === 'string' && text !== '') as string[];
}
