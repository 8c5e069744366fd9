import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { callJson } from '@/lib/engine/wire/dial';
import type { EngineLogin } from '@/lib/registry/access';
import { wordsOf } from '@/lib/engine/wire/errors';
import { registryError } from './registry-errors';

/** Docker Hub's address in logins, for historical reasons. */
const hubAddress = 'https://index.docker.io/v1/';

/** The engine's name of a registry in a login. */
export const serverAddress = (host: string): string => (host === 'docker.io' ? hubAddress : host);

/** Our host name of a registry that the engine asks about; all names of Docker Hub become `docker.io`. */
export function hostOfServer(server: string): string {
  const host = server
    .trim()
    .replace(/^https?:\/\//, '')
    .split('/', 1)[0]!
    .toLowerCase();
  return ['index.docker.io', 'registry-1.docker.io', 'auth.docker.io', 'hub.docker.com'].includes(host)
    ? 'docker.io'
    : host;
}

/** base64url with padding, which the engine's decoder requires. */
export const encodeHeader = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Always sent: 20.10 refuses a push without the header even if no login is needed. */
export const registryAuth = (host: string, login: EngineLogin | null): Record<string, string> => ({
  'X-Registry-Auth': encodeHeader(login ? { ...login, serveraddress: serverAddress(host) } : {}),
});

/** The engine tries https, then http, each with a time limit of its own. */
const loginTimeoutMs = 40_000;

/** Asks the registry through the engine whether it accepts this login, or whether it answers at all. Throws if the engine is unreachable. */
export async function checkRegistryLogin(
  engine: Engine,
  host: string,
  login: EngineLogin | null,
): Promise<'ok' | AppError> {
  try {
    await callJson(engine, {
      method: 'POST',
      path: '/auth',
      body: { ...(login ?? { username: '', password: '' }), serveraddress: serverAddress(host) },
      timeoutMs: loginTimeoutMs,
    });
    return 'ok';
  } catch (error) {
    if (
      !(error instanceof AppError) ||
      error.code === 'engine_unreachable' ||
      error.code === 'engine_denied'
    ) {
      throw error;
    }
    return registryError(wordsOf(error), host);
  }
}
