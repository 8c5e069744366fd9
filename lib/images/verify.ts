import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { findRemoteDigest } from '@/lib/engine/images/distribution';
import { AppError, asAppError } from '@/lib/errors';
import { formatReference, type Reference } from '@/lib/references/reference';
import { headManifest } from '@/lib/registry/client';
import { loginForEngine } from '@/lib/registry/engine-login';
import type { RegistryAccess } from '@/lib/registry/access';

interface Verified {
  by: 'registry' | 'engine';
  /** Why it was not asked directly. */
  because?: string;
}

/** ms. A registry of several servers may need a moment before all of them know the tag. */
const moment = 1000;

const mismatch = (reference: Reference, pushed: string, found: string | null) =>
  found === null
    ? new AppError('registry_failed', `The push ended, but ${reference.host} has no such tag.`, {
        hint: 'Push again; layers that arrived are not sent twice.',
      })
    : new AppError(
        'conflict',
        `The tag at ${reference.host} is not what was pushed: it has the digest ${found}, pushed was ${pushed}.`,
        { hint: 'Somebody else may have pushed the same tag at the same time. Look, then push again.' },
      );

/** Pushed means that the registry answers the same digest for the tag. Throws where it answers anything else. */
export async function verifyPushed(
  engine: Engine,
  reference: Reference,
  digest: string,
  access: RegistryAccess,
  signal: AbortSignal,
): Promise<Verified> {
  let found: string | null;
  try {
    const ask = async () => (await headManifest(access, reference, signal))?.digest ?? null;
    found = await ask();
    if (found === null) {
      await sleep(moment, undefined, { signal });
      found = await ask();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return verifyByEngine(engine, reference, digest, access, asAppError(thrown), signal);
  }
  if (found !== digest) throw mismatch(reference, digest, found);
  return { by: 'registry' };
}

/** The engine may reach a registry that this server does not: its networks and its trust are other ones. */
async function verifyByEngine(
  engine: Engine,
  reference: Reference,
  digest: string,
  access: RegistryAccess,
  reason: AppError,
  signal: AbortSignal,
): Promise<Verified> {
  let found: string | null;
  try {
    const login = await loginForEngine(access);
    found = await findRemoteDigest(engine, formatReference(reference), login, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new AppError(
      'registry_failed',
      `The engine said pushed, but the registry could not be asked: ${reason.message}`,
      {
        hint: 'The layers are there; whether the tag is, is not known. Push again to find out.',
        cause: thrown,
      },
    );
  }
  if (found !== digest) throw mismatch(reference, digest, found);
  return { by: 'engine', because: reason.message };
}
