import 'server-only';
import type { Demand } from '@/lib/commands/authorize';
import type { ContainerRequest } from '@/lib/engine/containers/create';
import type { Engine } from '@/lib/engine/engine';
import { engineFacts } from '@/lib/engine/system/status';
import type { Isolation, IsolationDefaults } from './isolation-schema';

type Requested = Pick<
  ContainerRequest,
  | 'memoryBytes'
  | 'cpus'
  | 'pids'
  | 'user'
  | 'readOnly'
  | 'tmpfs'
  | 'noNewPrivileges'
  | 'dropCapabilities'
  | 'profiles'
>;

/** `mounted`: paths of volumes, which need no writable memory. */
export function requestedIsolation(wanted: Isolation, mounted: readonly string[] = []): Requested {
  const { readOnly, noNewPrivileges, dropCapabilities, seccomp, appArmor, selinuxType } = wanted;
  return {
    memoryBytes: wanted.memory ?? undefined,
    cpus: wanted.cpus ?? undefined,
    pids: wanted.pids ?? undefined,
    user: wanted.user || undefined,
    readOnly,
    tmpfs: readOnly ? wanted.writablePaths.filter((path) => !mounted.includes(path)) : [],
    noNewPrivileges,
    dropCapabilities,
    profiles: { seccomp: seccomp === 'default' ? '' : seccomp, appArmor, selinuxType },
  };
}

/** Another security profile than the engine's default can be weaker. `prefix`: of the field paths. */
export function profileDemands(
  wanted: Pick<Isolation, 'seccomp' | 'appArmor' | 'selinuxType'>,
  prefix = '',
): Demand[] {
  const message = 'Only an administrator may choose another security profile than the engine’s default.';
  const chosen = Object.entries({
    seccomp: wanted.seccomp === 'default' ? '' : wanted.seccomp,
    appArmor: wanted.appArmor,
    selinuxType: wanted.selinuxType,
  }).filter(([, value]) => value);
  return chosen.map(([field]) => ({
    permission: 'host:use',
    message,
    fields: { [`${prefix}${field}`]: message },
  }));
}

export async function isolationDefaults(engine: Engine): Promise<IsolationDefaults> {
  const { cpus, memory, isolation, gate } = await engineFacts(engine);
  return { cpus, memory, isolation, gate };
}
