import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { registryAuth } from './registry-auth';
import type { JsonRecord } from '@/lib/engine/wire/json-lines';
import { parseName, repositoryPath } from '@/lib/engine/wire/names';
import { registryError } from './registry-errors';
import { runTransfer, stepDone } from './transfer';
import type { PushResult } from './types';
import type { EngineWork } from '@/lib/engine/types';
import type { EngineLogin } from '@/lib/registry/access';

const step = 'push';

/** `latest: digest: sha256:... size: 527`: the only form of the containerd store and of Podman. */
const digestLine = /\bdigest: (sha256:[a-f0-9]{64})(?: size: (\d+))?/;

/** The digest in a record of a push; engines have it in different fields. */
export function digestIn(record: JsonRecord): PushResult | null {
  const aux = record.aux as { Digest?: unknown; Size?: unknown } | undefined;
  if (typeof aux?.Digest === 'string') {
    return { digest: aux.Digest, ...(typeof aux.Size === 'number' && { size: aux.Size }) };
  }
  const match = typeof record.status === 'string' ? digestLine.exec(record.status) : null;
  if (!match) return null;
  return { digest: match[1]!, ...(match[2] && { size: Number(match[2]) }) };
}

const partialPush = z.looseObject({
  manifestPushedInsteadOfIndex: z.literal(true),
  selectedManifest: z.looseObject({
    platform: z
      .looseObject({ os: z.string(), architecture: z.string(), variant: z.string().optional() })
      .transform(({ os, architecture, variant }) => [os, architecture, variant].filter(Boolean).join('/')),
  }),
});

/** The platform that was pushed in place of the image with all platforms (Docker 29, containerd store). */
function onlyPlatformIn(record: JsonRecord): string | undefined {
  const parsed = partialPush.safeParse(record.aux);
  return parsed.success ? parsed.data.selectedManifest.platform : undefined;
}

/** Pushes a reference to its registry. */
export async function* pushImage(
  engine: Engine,
  reference: string,
  login: EngineLogin | null,
  signal: AbortSignal,
): EngineWork<PushResult> {
  const name = parseName(reference);
  const { repository, host, tag = 'latest', digest } = name;
  if (digest) throw new AppError('invalid_input', 'Push a tag: a digest cannot be pushed.');
  let result: PushResult | null = null;
  let onlyPlatform: string | undefined;
  yield* runTransfer(engine, {
    step,
    name: `Push ${repository}:${tag}`,
    call: {
      method: 'POST',
      path: `/images/${repositoryPath(name)}/push`,
      query: { tag },
      headers: registryAuth(host, login),
      signal,
    },
    host,
    fail: (message) => registryError(message, host, login !== null),
    onRecord: (record) => {
      result = digestIn(record) ?? result;
      onlyPlatform ??= onlyPlatformIn(record);
    },
  });
  // Without the annotation TypeScript narrows to the value before the callback.
  const pushed = result as PushResult | null;
  if (!pushed) {
    const error = new AppError('registry_failed', 'The push ended, but no digest was reported.', {
      hint: 'Push again: layers that arrived are not sent again.',
    });
    yield { type: 'step', step, completed: Date.now(), error: error.message };
    throw error;
  }
  yield stepDone(step);
  return onlyPlatform === undefined ? pushed : { ...pushed, onlyPlatform };
}
