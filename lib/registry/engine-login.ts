import 'server-only';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { EngineLogin, RegistryAccess } from './access';
import { refusalOf } from './client';
import { askForChallenge, type RegistryAnswer } from './connection';
import { faultError, faultOf } from './errors';

/** A registry is asked once for all logins that a build or a push needs. */
const maxAgeMs = 30_000;

/** Registries that answer `/v2/` without a login ask for it at a repository; it need not exist. */
const paths = ['/v2/', '/v2/layerwright/none/manifests/latest'];

interface Verdict {
  refusal: AppError | null;
  /** The registry was too busy to answer: ask again. */
  busy?: boolean;
}

const verdicts = () =>
  remember('registry-engine-login', () => new Map<string, { at: number; verdict: Promise<Verdict> }>());

function judge(answer: RegistryAnswer, host: string): Verdict {
  if (answer.withheld) return { refusal: faultError(refusalOf(answer, host)) };
  const { status } = answer;
  if (status !== 429 && status < 500) return { refusal: null };
  const { message, hint } = refusalOf(answer, host);
  const reason = { kind: 'status', status, words: message } as const;
  return { refusal: new AppError('registry_failed', message, { hint, reason }), busy: true };
}

/** Where the registry would send the login: the error of our own client, or null where it may go. */
async function findRefusal(access: RegistryAccess): Promise<Verdict> {
  try {
    for (const path of paths) {
      const answer = await askForChallenge(access, { path });
      const verdict = judge(answer, access.host);
      if (verdict.refusal || answer.status === 401) return verdict;
    }
    return { refusal: null };
  } catch (thrown) {
    if (thrown instanceof AppError) return { refusal: thrown };
    const fault = faultOf(thrown, access.host);
    // Not reached from here: the engine has a network and trusted certificates of its own.
    if (fault.status === 'unreachable' || fault.status === 'tls') return { refusal: null };
    return { refusal: faultError(fault, thrown) };
  }
}

/**
 * The login of a registry for an engine, which sends it to whatever token server the registry names, and over plain
 * HTTP if its settings allow that. So the registry is asked from here first, without the login, and what our own client
 * refuses is an error. Null if there is no login.
 */
export async function loginForEngine(access: RegistryAccess): Promise<EngineLogin | null> {
  if (!access.credentials) return null;
  const key = `${access.scheme} ${access.host}`;
  let known = verdicts().get(key);
  if (!known || performance.now() - known.at > maxAgeMs) {
    known = { at: performance.now(), verdict: findRefusal(access) };
    verdicts().set(key, known);
  }
  const { refusal, busy } = await known.verdict;
  if (busy) verdicts().delete(key);
  if (refusal) throw refusal;
  return access.credentials as EngineLogin;
}
