import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { checkRegistryLogin } from '@/lib/engine/images/registry-auth';
import { asAppError } from '@/lib/errors';
import type { EngineLogin, RegistryAccess } from '@/lib/registry/access';
import { queryTimeoutMs } from '@/lib/registry/connection';
import { loginForEngine } from '@/lib/registry/engine-login';
import { faultOf } from '@/lib/registry/errors';
import { probeRegistry, type Finding } from '@/lib/registry/probe';
import type { RegistryId } from '@/lib/ids';
import { credentialsIn } from './credentials';
import type { RegistryCheck } from './schema';
import { getStoredRegistry, recordCheck } from './store';

type EngineFinding = Finding | { fault: null; words: null; away: string };

/** The engine's result: it performs pushes, from its own network and with its own trusted certificates. */
async function checkFromEngine(
  engine: Engine,
  host: string,
  login: EngineLogin | null,
): Promise<EngineFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, queryTimeoutMs, 'late');
  });
  try {
    const found = await Promise.race([checkRegistryLogin(engine, host, login), late]);
    if (found === 'late') return { fault: null, words: null, away: 'The engine has not found out yet.' };
    if (found === 'ok') return { fault: null, words: 'The engine reaches it too.' };
    // No login to be refused: the registry was reached.
    if (!login && found.code === 'registry_denied')
      return { fault: null, words: 'The engine reaches it too.' };
    return { fault: faultOf(found, host) };
  } catch (error) {
    return { fault: null, words: null, away: `The engine could not be asked: ${asAppError(error).message}` };
  } finally {
    clearTimeout(timer);
  }
}

/** If the results differ, the engine's counts, because it performs pushes: the network between may differ. */
function combine(here: Finding, engine: EngineFinding): Omit<RegistryCheck, 'at'> {
  if (here.fault === null) {
    if (engine.fault) {
      const { status, message, hint } = engine.fault;
      return { status, message: `This server reaches the registry, the engine does not: ${message}`, hint };
    }
    return { status: 'ok', message: `${here.words} ${engine.words ?? engine.away}`, hint: '' };
  }
  if (engine.fault === null && engine.words !== null) {
    const message = `The engine reaches the registry. This server does not, so the engine's word is taken after a push: ${here.fault.message}`;
    return { status: 'ok', message, hint: here.fault.hint };
  }
  return here.fault;
}

/** Checks a registry from this server, and then from the engine: never where our own client refused. */
export async function checkRegistry(engine: Engine, id: RegistryId): Promise<RegistryCheck> {
  const registry = await getStoredRegistry(id);
  const check: RegistryCheck = { ...(await findOut()), at: Date.now() };
  await recordCheck(registry, check);
  return check;

  async function findOut(): Promise<Omit<RegistryCheck, 'at'>> {
    try {
      const access: RegistryAccess = {
        host: registry.host,
        scheme: registry.scheme,
        credentials: credentialsIn(registry),
      };
      const here = await probeRegistry(access);
      const reached = here.fault?.status !== 'unreachable' && here.fault?.status !== 'tls';
      if (here.fault && reached) return here.fault;
      const login = await loginForEngine(access);
      return combine(here, await checkFromEngine(engine, registry.host, login));
    } catch (error) {
      return faultOf(asAppError(error), registry.host);
    }
  }
}
