import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import type { Recovery } from '@/lib/operations/kinds';
import { familiarName, familiarReference, parseReference, registryHost } from '@/lib/references/reference';
import { accessFor } from '@/lib/registries/credentials';
import { headManifest } from '@/lib/registry/client';
import type { PullInput, PullResult } from './schema';

/** The server starts meanwhile, and other interrupted operations wait. */
const patienceMs = 3000;

/** After a crash: the pull is done where the engine has under this name what the registry has. */
export async function recoverPull(engine: Engine, input: PullInput): Promise<Recovery<PullResult> | null> {
  const parsed = parseReference(input.reference);
  if (!parsed.ok) return null;
  const { reference } = parsed;
  const name = familiarReference(reference);
  const image = await findImage(engine, input.reference);
  const unfinished = (found: string) => ({
    succeeded: false,
    message: `Interrupted: the server stopped while this ran. ${found} Pull again: layers that arrived are not fetched again.`,
  });
  if (!image) return unfinished(`The engine has no image ${name}.`);
  const access = await accessFor(registryHost(reference));
  const remote = await headManifest(access, reference, AbortSignal.timeout(patienceMs));
  const digest = remote?.digest;
  if (!digest || !image.digests.includes(`${familiarName(reference)}@${digest}`))
    return unfinished(`The engine has another image as ${name} than ${reference.host}.`);
  return {
    succeeded: true,
    message: `Pulled. The server stopped before it could say so; the engine has the image that ${reference.host} has under this name.`,
    result: { id: image.id, reference: name, digest, size: image.size, unchanged: false },
  };
}
