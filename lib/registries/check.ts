import 'server-only';
import { checkRegistryLogin } from '@/lib/engine/images/registry-auth';
import { AppError, asAppError } from '@/lib/errors';
import { refusalOf } from './client';
import { askRegistry, patience } from './connection';
import { credentialsIn, type RegistryAccess } from './credentials';
import { faultOf, type Fault } from './faults';
import type { RegistryCheck } from './schema';
import { getStoredRegistry, recordCheck } from './store';

/** `null`: all is well. `words` say what was found then. */
type Finding = { fault: Fault } | { fault: null; words: string };

function looksLikeRegistry(headers: Record<string, unknown>, body: Buffer): boolean {
  if ('docker-distribution-api-version' in headers) return true;
  try {
    return typeof JSON.parse(body.toString('utf8') || '{}') === 'object';
  } catch {
    return false;
  }
}

/** What this server itself finds at the registry. */
export async function checkFromHere(access: RegistryAccess): Promise<Finding> {
  const { host, credentials } = access;
  try {
    const answer = await askRegistry(access, { path: '/v2/' });
    if (answer.status === 200 && looksLikeRegistry(answer.headers, answer.body)) {
      const how = answer.protocol === 'http' ? ' over plain HTTP' : '';
      return {
        fault: null,
        words: credentials
          ? `${host} accepts the login${how}.`
          : `${host} answers${how}; it asks for no login.`,
      };
    }
    if (answer.status === 200 || answer.status === 404) {
      const message = `Something answers at ${host}, but it is no registry (or one older than version 2).`;
      return { fault: { status: 'failed', message, hint: 'Check the host and the port.' } };
    }
    if (answer.status === 401 && !credentials) {
      const message = `${host} asks for a login, and none is stored.`;
      return {
        fault: { status: 'denied', message, hint: 'Store a user name and a password or access token.' },
      };
    }
    return { fault: refusalOf(answer, host) };
  } catch (error) {
    return { fault: faultOf(error, host) };
  }
}

/** The engine's texts, already in plain words, sorted into the states of a check. */
function engineFault(error: AppError): Fault {
  const cause = error.cause instanceof Error ? error.cause.message : '';
  const fault = faultOf(error, '');
  if (/HTTP response to HTTPS client/i.test(cause)) return { ...fault, status: 'plain-http' };
  if (/x509|certificate|tls:/i.test(cause)) return { ...fault, status: 'tls' };
  return fault;
}

type EngineFinding = Finding | { fault: null; words: null; away: string };

/** What the engine finds: it is the one that pushes, from its own network and with its own trust. */
async function checkFromEngine({ host, credentials }: RegistryAccess): Promise<EngineFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, patience, 'late');
  });
  try {
    const found = await Promise.race([
      checkRegistryLogin(host, credentials ?? { username: '', password: '' }),
      late,
    ]);
    if (found === 'late') return { fault: null, words: null, away: 'The engine has not found out yet.' };
    if (found === 'ok') return { fault: null, words: 'The engine reaches it too.' };
    // Without a login there is nothing that could be refused: it reached the registry.
    if (!credentials && found.code === 'registry_denied')
      return { fault: null, words: 'The engine reaches it too.' };
    return { fault: engineFault(found) };
  } catch (error) {
    return { fault: null, words: null, away: `The engine could not be asked: ${asAppError(error).message}` };
  } finally {
    clearTimeout(timer);
  }
}

/** The engine's word counts where the two differ: a push is its work. */
export function combine(here: Finding, engine: EngineFinding): Omit<RegistryCheck, 'at'> {
  if (here.fault === null) {
    if (engine.fault) {
      const { status, message, hint } = engine.fault;
      return { status, message: `This server reaches the registry, the engine does not: ${message}`, hint };
    }
    return { status: 'ok', message: `${here.words} ${engine.words ?? engine.away}`, hint: '' };
  }
  // The engine asks by plain HTTP where its own settings let it; what was chosen for the registry says otherwise.
  const decided = here.fault.status === 'denied' || here.fault.status === 'plain-http';
  if (engine.fault === null && engine.words !== null && !decided) {
    const message = `The engine reaches the registry. This server does not, so the engine's word is taken after a push: ${here.fault.message}`;
    return { status: 'ok', message, hint: here.fault.hint };
  }
  return here.fault;
}

/** Asks the registry now, from here and from the engine; at most as long as one question's patience. */
export async function checkRegistry(id: string): Promise<RegistryCheck> {
  const registry = await getStoredRegistry(id);
  const check: RegistryCheck = { ...(await findOut()), at: Date.now() };
  await recordCheck(registry, check);
  return check;

  async function findOut(): Promise<Omit<RegistryCheck, 'at'>> {
    try {
      const access = { host: registry.host, scheme: registry.scheme, credentials: credentialsIn(registry) };
      return combine(...(await Promise.all([checkFromHere(access), checkFromEngine(access)])));
    } catch (error) {
      const { message, hint } = asAppError(error);
      return { status: 'failed', message, hint: hint ?? '' };
    }
  }
}
