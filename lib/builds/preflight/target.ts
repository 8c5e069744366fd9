import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { asAppError } from '@/lib/errors';
import { checkRegistry } from '@/lib/registries/check';
import { getRegistry } from '@/lib/registries/store';
import type { RegistryId } from '@/lib/ids';
import type { PreflightItem } from './schema';

/** Whether the registry of a push target answers and accepts the login. */
export async function checkTarget(engine: Engine, registryId: RegistryId): Promise<PreflightItem> {
  const key = `target ${registryId}`;
  try {
    const { host } = await getRegistry(registryId);
    const { status, message, hint } = await checkRegistry(engine, registryId);
    return {
      key,
      title: `Push to ${host}`,
      level: status === 'ok' ? 'ok' : 'problem',
      detail: message,
      hint,
      href: `/registries/${registryId}`,
    };
  } catch (thrown) {
    const { code, message, hint } = asAppError(thrown);
    if (code === 'internal') throw thrown;
    return {
      key,
      title: 'Push target',
      level: 'problem',
      detail: message,
      hint: hint ?? '',
      href: '/registries',
    };
  }
}
