import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findRemoteDigest } from '@/lib/engine/images/distribution';
import { isStalled } from '@/lib/engine/wire/errors';
import { asAppError } from '@/lib/errors';
import { engineLoginFor } from '@/lib/registries/credentials';
import { findStoredRegistry } from '@/lib/registries/store';
import type { RegistryAnswer } from './judge-base';

/** A slower registry is reported as not answering. */
const timeoutMs = 10_000;

/** The digest of a name at its registry, asked through the engine with the stored login, as the builder does. */
export async function askRegistry(engine: Engine, reference: string, host: string): Promise<RegistryAnswer> {
  const registry = await findStoredRegistry({ host });
  try {
    const login = await engineLoginFor(host);
    const digest = await findRemoteDigest(engine, reference, login, AbortSignal.timeout(timeoutMs));
    return digest ? { state: 'found', digest, loggedIn: login !== null } : { state: 'absent' };
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'internal') throw thrown;
    if (error.reason?.kind === 'unsupported') return { state: 'not-asked' };
    return {
      state: 'failed',
      denied: error.code === 'registry_denied',
      registryId: registry?.id ?? null,
      ...(isStalled(error) ? slow(host) : { message: error.message, hint: error.hint ?? '' }),
    };
  }
}

const slow = (host: string) => ({
  message: `${host} did not answer the engine within ${timeoutMs / 1000} seconds.`,
  hint: 'Check the network between the engine’s host and the registry.',
});
