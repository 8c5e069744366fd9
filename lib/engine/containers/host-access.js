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
 *   DeviceCgroupRules?: string[] | null | undefined,
 *   MaskedPaths?: string[] | null | undefined,
 *   ReadonlyPaths?: string[] | null | undefined,
 * }} HostConfig
 * @property {{ Type: string, Source: string, Name?: string }[] | null | undefined} [Mounts]
 */

/** Namespaces of the host that a container may be given in place of its own. */
const namespaces = /** @type {const} */ ([
  ['NetworkMode', 'network'],
  ['PidMode', 'processes'],
  ['IpcMode', 'shared memory'],
  ['UTSMode', 'host name'],
  ['UsernsMode', 'user ids'],
]);

/**
 * Security options that set a protection of their own in place of the engine's: what it allows is not known.
 * https://docs.docker.com/reference/cli/docker/container/run/#security-opt
 */
const ownProtection = /^(?:seccomp|apparmor|label|systempaths|writable-cgroups)[=:]/;
const engineProtection =
  /^(?:seccomp[=:](?:builtin|default)|apparmor[=:](?:docker-default|containers-default-[\w.-]+))$/;
const shorten = (/** @type {string} */ option) => (option.length > 60 ? `${option.slice(0, 60)}…` : option);

/** Paths of the kernel that the engine hides or protects, unless it is told otherwise (`systempaths=unconfined`). */
const openPaths = (/** @type {Isolation['HostConfig']} */ { MaskedPaths, ReadonlyPaths }) =>
  (MaskedPaths && !MaskedPaths.includes('/proc/kcore')) ||
  (ReadonlyPaths && !ReadonlyPaths.includes('/proc/sysrq-trigger'));

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
  const own = (host.SecurityOpt ?? [])
    .filter((option) => ownProtection.test(option) && !engineProtection.test(option))
    .map(shorten);
  return [
    ...(host.Privileged ? ['is privileged'] : []),
    ...shared,
    ...(binds.length > 0 ? [`mounts ${binds.join(', ')} of the host`] : []),
    ...(host.Devices?.length || host.DeviceRequests?.length || host.DeviceCgroupRules?.length
      ? ['has devices of the host']
      : []),
    ...(openPaths(host) ? ['reaches the kernel’s protected paths'] : []),
    ...(added.length > 0 ? [`has the capabilities ${added.join(', ')}`] : []),
    ...(own.length > 0 ? [`runs with ${own.join(', ')}`] : []),
  ];
}
