// @ts-check
/** What reaches the host, or another container: docs/decisions/022-what-a-builder-is.md. */
import { hostAccessOf } from '../../lib/engine/containers/host-access.js';
import { Refused, quote } from './refused.js';

/**
 * @typedef {object} Judge what a check may use
 * @property {import('./engine.js').Engine} engine
 * @property {import('./allowed.js').Allowed} allowed
 */

const ownNetworks = ['', 'default', 'bridge', 'none'];

/** @param {string} mode @param {Judge} judge */
export async function checkNetwork(mode, { engine, allowed }) {
  if (ownNetworks.includes(mode) || allowed.network) return;
  if (mode === 'host') throw new Refused('it uses the network of the host');
  if (mode.includes(':')) throw new Refused('it uses the network of another container');
  // The engine also takes an id, and its beginning.
  const network = /** @type {{ Driver?: string } | null} */ (
    await engine.ask(`/networks/${encodeURIComponent(mode)}`)
  );
  if (!network) throw new Refused(`there is no network ${quote(mode)}`, 404);
  if (network.Driver === 'host') throw new Refused('it uses the network of the host');
}

/** @param {string} option @param {Judge} judge */
export function checkSecurity(option, { allowed }) {
  if (/^no-new-privileges(?:[:=]true)?$/.test(option)) return;
  if (allowed.profiles && /^(?:seccomp=unconfined|apparmor=[\w.-]+|label=type:[\w.-]+)$/.test(option)) return;
  throw new Refused(`it runs with ${quote(option)}`);
}

/** @param {string} folder @param {Judge} judge */
function checkFolder(folder, { allowed }) {
  if (!allowed.binds.includes(folder)) throw new Refused(`it mounts ${quote(folder)} of the host`);
}

/** A volume of the driver `local` can be a name for a folder or a disk of the host. @param {string} name @param {Judge} judge */
async function checkVolume(name, judge) {
  const volume = /** @type {{ Options?: Record<string, string> | null } | null} */ (
    await judge.engine.ask(`/volumes/${encodeURIComponent(name)}`)
  );
  const device = Object.entries(volume?.Options ?? {}).find(([key]) => key.toLowerCase() === 'device')?.[1];
  if (device?.startsWith('/')) checkFolder(device, judge);
}

/** @param {string} bind `volume:/place[:ro]`, `/folder:/place[:ro]` @param {Judge} judge */
export async function checkBind(bind, judge) {
  const [source = '', target = '', mode = 'rw', ...more] = bind.split(':');
  if (more.length > 0 || !target.startsWith('/') || !['ro', 'rw'].includes(mode))
    throw new Refused(`the mount ${quote(bind)} is not name:/place or name:/place:ro`);
  if (source.startsWith('/')) return checkFolder(source, judge);
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(source))
    throw new Refused(`${quote(source)} is not the name of a volume`);
  await checkVolume(source, judge);
}

/**
 * A container that is entered, read or committed. Returns its id: its name may be another's in the next moment.
 * @param {string} name @param {Judge} judge
 */
export async function checkContainer(name, { engine, allowed }) {
  const found =
    /** @type {(import('../../lib/engine/containers/host-access.js').Isolation & { Id: string }) | null} */ (
      await engine.ask(`/containers/${encodeURIComponent(name)}/json`)
    );
  if (!found) throw new Refused(`No such container: ${name}`, 404);
  if (allowed.enter) return found.Id;
  const { NetworkMode = '', SecurityOpt, ...host } = found.HostConfig;
  const reasons = hostAccessOf({
    HostConfig: {
      ...host,
      NetworkMode: allowed.network ? '' : NetworkMode,
      SecurityOpt: allowed.profiles ? [] : SecurityOpt,
    },
    Mounts: found.Mounts?.filter(({ Source }) => !allowed.binds.includes(Source)),
  });
  if (reasons.length > 0) throw new Refused(`the container ${reasons.join(', ')}`);
  for (const { Type, Name } of found.Mounts ?? [])
    if (Type === 'volume') await checkVolume(Name ?? '', { engine, allowed });
  return found.Id;
}

/** An exec that was made in a container that reaches the host. @param {string} id @param {Judge} judge */
export async function checkExecOwner(id, judge) {
  const found = /** @type {{ ContainerID?: string } | null} */ (
    await judge.engine.ask(`/exec/${encodeURIComponent(id)}/json`)
  );
  if (!found?.ContainerID) throw new Refused(`No such exec instance: ${id}`, 404);
  await checkContainer(found.ContainerID, judge);
}
