import type { CommitChanges } from './schema';

const quoted = (value: string) =>
  /^[\w./:@%+,-]+$/.test(value) ? value : `"${value.replace(/[\\"$]/g, '\\$&')}"`;

/** The changes of a commit as Dockerfile instructions. */
export function instructionsOf(changes: CommitChanges): string[] {
  const { command, entrypoint, environment, ports, labels, triggers, user, volumes, workingDirectory } =
    changes;
  return [
    ...environment.map(({ name, value }) => `ENV ${name}=${quoted(value)}`),
    ...labels.map(({ name, value }) => `LABEL ${name}=${quoted(value)}`),
    ...(ports.length > 0 ? [`EXPOSE ${ports.join(' ')}`] : []),
    ...volumes.map((path) => `VOLUME ${JSON.stringify([path])}`),
    ...(workingDirectory ? [`WORKDIR ${workingDirectory}`] : []),
    ...(user ? [`USER ${user}`] : []),
    ...triggers.map((trigger) => `ONBUILD ${trigger}`),
    ...(entrypoint ? [`ENTRYPOINT ${entrypoint}`] : []),
    ...(command ? [`CMD ${command}`] : []),
  ];
}
