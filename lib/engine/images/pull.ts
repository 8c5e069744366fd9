import 'server-only';
import { registryAuth } from './registry-auth';
import { getImage } from './images';
import type { Engine } from '@/lib/engine/engine';
import { parseName } from '@/lib/engine/wire/names';
import { registryError } from './registry-errors';
import { runTransfer, stepDone } from './transfer';
import type { PullResult } from './types';
import type { EngineWork } from '@/lib/engine/types';
import type { EngineLogin } from '@/lib/registry/access';

const step = 'pull';

/** Pulls an image by tag or digest. Succeeds only if the engine then has it. */
export async function* pullImage(
  engine: Engine,
  reference: string,
  login: EngineLogin | null,
  signal: AbortSignal,
): EngineWork<PullResult> {
  const { repository, host, tag, digest } = parseName(reference);
  const version = digest ?? tag ?? 'latest';
  const name = digest ? `${repository}@${digest}` : `${repository}:${version}`;
  yield* runTransfer(engine, {
    step,
    name: `Pull ${name}`,
    call: {
      method: 'POST',
      path: '/images/create',
      query: { fromImage: repository, tag: version },
      headers: registryAuth(host, login),
      signal,
    },
    host,
    fail: (message) => registryError(message, host, login !== null),
    onRecord: () => {},
  });
  const { id } = await getImage(engine, name);
  yield stepDone(step);
  return { id };
}
