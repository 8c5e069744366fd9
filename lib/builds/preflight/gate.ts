import { gateObjection } from '@/lib/engine/choices';
import type { GateAllows } from '@/lib/engine/types';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { PreflightItem } from './schema';

/** What the gate before the engine would refuse of a build, whoever starts it. */
export function judgeGate(
  { networkMode, extraHosts }: Pick<BuildOptions, 'networkMode' | 'extraHosts'>,
  gate: GateAllows | null,
): PreflightItem[] {
  const reachesHost = networkMode === 'host' || extraHosts.some((host) => host.endsWith(':host-gateway'));
  const objection = reachesHost && gateObjection(gate, 'network');
  return objection ? [{ key: 'gate', level: 'problem', title: 'Gate', detail: objection, hint: '' }] : [];
}
