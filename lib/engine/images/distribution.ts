import 'server-only';
import { distributionAnswer } from './answers';
import type { Engine } from '@/lib/engine/engine';
import { registryAuth } from './registry-auth';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { isRefusal, wordsOf } from '@/lib/engine/wire/errors';
import { imagePath, parseName } from '@/lib/engine/wire/names';
import type { EngineLogin } from '@/lib/registry/access';
import { registryError } from './registry-errors';

/** The engine asks the registry before it answers. */
const distributionTimeoutMs = 30_000;

/** Asks the engine for the digest of a tag at its registry; null if the registry has no such tag. */
export async function findRemoteDigest(
  engine: Engine,
  reference: string,
  login: EngineLogin | null,
  signal?: AbortSignal,
): Promise<string | null> {
  const { host } = parseName(reference);
  try {
    const found = await callJson(engine, {
      path: `/distribution/${imagePath(reference)}/json`,
      headers: registryAuth(host, login),
      timeoutMs: distributionTimeoutMs,
      signal,
    });
    return parseAnswer(distributionAnswer, found).Descriptor.digest;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const fault = registryError(wordsOf(error), host, login !== null);
    if (fault.code === 'not_found') return null;
    throw fault;
  }
}
