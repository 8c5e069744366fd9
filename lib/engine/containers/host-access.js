// @ts-check

/**
 * What decides it of an engine's answer to `GET /containers/{id}/json`.
 * @typedef {object} Isolation
 * @property {Partial<Record<typeof namespaces[number][0], string>> & {
 *   Privileged?: boolean,
 *   CapAdd?: string[] | null | undefined,
 *   SecurityOpt?: string[] | null | undefined,
 *   Devices?: unknown[] | null | undefined,
 *   DeviceRequests?: unknown[] | null | undefined,
 * }} HostConfig
 * @property {{ Type: string, Source: string }[] | null | undefined} [Mounts]
 */

/** Namespaces of the host that a container may be given in place of its own. */
const namespaces = /** @type {const} */ ([
  ['NetworkMode', 'network'],
  ['PidMode', 'processes'],
  ['IpcMode', 'shared memory'],
  ['UTSMode', 'host name'],
  ['UsernsMode', 'user ids'],
]);

/** Security options that switch a protection off: https://docs.docker.com/reference/cli/docker/container/run/#security-opt */
const unprotected = /^(?:seccomp|apparmor|systempaths)[=:]unconfined$|^label[=:](?:disable|type:\w*spc_t)/;

/**
 * By what a container reaches its engine's host or another container, in words that follow its name; empty for one that the
 * engine isolates as it does by default. The gate (bin/gate) asks it, too.
 * @param {Isolation} container @returns {string[]}
 */
export function hostAccessOf({ HostConfig: host, Mounts }) {
  const binds = (Mounts ?? []).filter(({ Type }) => Type === 'bind').map(({ Source }) => Source);
  const shared = namespaces.flatMap(([field, name]) => {
    if (host[field] === 'host') return [`uses the host’s ${name}`];
    return host[field]?.startsWith('container:') ? [`shares the ${name} of another container`] : [];
  });
  const added = host.CapAdd ?? [];
  const off = (host.SecurityOpt ?? []).filter((option) => unprotected.test(option));
  return [
    ...(host.Privileged ? ['is privileged'] : []),
    ...shared,
    ...(binds.length > 0 ? [`mounts ${binds.join(', ')} of the host`] : []),
    ...(host.Devices?.length || host.DeviceRequests?.length ? ['has devices of the host'] : []),
    ...(added.length > 0 ? [`has the capabilities ${added.join(', ')}`] : []),
    ...(off.length > 0 ? [`runs with ${off.join(', ')}`] : []),
  ];
}
