import 'server-only';
import { findRemoteDigest } from '@/lib/engine/images/distribution';
import { findImage } from '@/lib/engine/images/images';
import { parseName } from '@/lib/engine/wire/names';
import { AppError, asAppError } from '@/lib/errors';
import { credentialsFor } from '@/lib/registries/credentials';
import { findStoredRegistry } from '@/lib/registries/store';
import type { PreflightItem } from './schema';

/** ms. A registry that is slower than this is told as such, and the page goes on. */
const patience = 10_000;

async function askRegistry(reference: string, host: string): Promise<Omit<PreflightItem, 'key' | 'title'>> {
  const credentials = await credentialsFor(host);
  const login = credentials ? ' and accepts the login' : '';
  try {
    const digest = await findRemoteDigest(reference, credentials, AbortSignal.timeout(patience));
    if (digest) return { level: 'ok', detail: `${host} answers${login}, and has it.`, hint: '' };
    return {
      level: 'problem',
      detail: `${host} answers, but has no such image or tag.`,
      hint: 'Check the name and the tag in the FROM line.',
    };
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'internal') throw thrown;
    const stored = await findStoredRegistry({ host });
    return {
      level: 'problem',
      detail: error.message,
      hint: error.hint ?? '',
      href: stored ? `/registries/${stored.id}` : '/registries/new',
    };
  }
}

/** Whether the builder will find a base image. */
export async function checkBase(reference: string, { pull }: { pull: boolean }): Promise<PreflightItem> {
  const item = { key: `base ${reference}`, title: `Base image ${reference}` };
  try {
    const { host } = parseName(reference);
    const local = await findImage(reference);
    if (local && !pull)
      return { ...item, level: 'ok', detail: 'The engine has it; no registry is asked.', hint: '' };
    return { ...item, ...(await askRegistry(reference, host)) };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { ...item, level: 'problem', detail: thrown.message, hint: thrown.hint ?? '' };
  }
}
