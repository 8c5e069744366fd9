import 'server-only';
import { familiarReference, parseReference, registryHost } from '@/lib/references/reference';
import { findManifestConfig, headManifest } from '@/lib/registry/client';
import { accessFor } from '@/lib/registries/credentials';
import type { PushInput, PushOutcome } from './schema';

/** ms. The server does not answer before all interrupted pushes are looked after. */
const patience = 3000;

/**
 * What became of a push that the server did not see the end of: the registry knows. The tag has the image when its
 * manifest is the image (containerd store) or holds its configuration (the others).
 */
export async function recoverPush(
  input: PushInput,
): Promise<{ succeeded: boolean; message: string; result?: PushOutcome } | null> {
  const parsed = parseReference(input.reference);
  if (!parsed.ok) return null;
  const { reference } = parsed;
  const access = await accessFor(registryHost(reference));
  const signal = AbortSignal.timeout(patience);
  const remote = await headManifest(access, reference, signal);
  const pushed =
    remote !== null &&
    (remote.digest === input.imageId ||
      (await findManifestConfig(access, { ...reference, digest: remote.digest }, signal)) === input.imageId);
  if (!pushed) {
    const message = `Interrupted: the server stopped while this ran. ${reference.host} has not got the image under this tag. Push again: layers that arrived are not sent again.`;
    return { succeeded: false, message };
  }
  return {
    succeeded: true,
    message: `Pushed. The server stopped before it could say so; ${reference.host} has the image under this tag.`,
    result: {
      reference: familiarReference(reference),
      digest: remote.digest,
      size: remote.size,
      verifiedBy: 'registry',
    },
  };
}
