import 'server-only';
import { defaultHost } from '@/lib/references/reference';
import { resolveHost, type Resolved } from './addresses';
import { mayAskRealm, parseChallenge, realmsIn, type Challenge } from './challenge';
import type { RegistryAccess } from './access';
import { faultError, speaksPlainHttp } from './errors';
import { ask, type Answer, type Method } from './http';

/** Limit for all requests of a query together. */
export const queryTimeoutMs = 10_000;

/** The API of the Hub has its own host. */
const apiHost = (host: string) => (host === defaultHost ? 'registry-1.docker.io' : host);

interface Request {
  path: string;
  method?: Method;
  headers?: Record<string, string>;
  maxBody?: number;
  announcedBytes?: number;
}

export interface RegistryAnswer extends Answer {
  /** The login was not sent: plain HTTP to another machine, without that being configured. */
  withheld: boolean;
}

const basic = ({ username, password }: { username: string; password: string }) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

function requireOwnRealm(realm: URL, registry: URL, host: string): void {
  if (mayAskRealm(realm, registry)) return;
  throw faultError({
    status: 'failed',
    message: `${host} sends its login to ${realm.host}, which belongs to another domain. Nothing was sent there.`,
    hint: 'If that is intended, ask the operator of the registry to serve tokens under its own domain.',
  });
}

/** Whether the login may be sent: encrypted, on this machine, or as configured. */
const mayTell = (base: URL, resolved: Resolved, access: RegistryAccess): boolean =>
  base.protocol === 'https:' || resolved.loopback || access.scheme === 'http';

async function fetchToken(
  challenge: Extract<Challenge, { scheme: 'bearer' }>,
  registry: URL,
  access: RegistryAccess,
  login: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const { realm, service, scope } = challenge;
  requireOwnRealm(realm, registry, access.host);
  const url = new URL(realm);
  if (service) url.searchParams.set('service', service);
  if (scope) url.searchParams.set('scope', scope);
  if (access.credentials && login) url.searchParams.set('account', access.credentials.username);
  const resolved = await resolveHost(url.hostname);
  const headers: Record<string, string> = login ? { authorization: login } : {};
  const answer = await ask({ url, headers, resolved, trustedAs: url.host, signal });
  if (answer.status === 401 || answer.status === 403) return null;
  if (answer.status !== 200) {
    throw faultError({
      status: 'failed',
      message: `${url.host}, the token server of ${access.host}, answered ${answer.status}.`,
      hint: 'Try again later, or check the log of the registry.',
    });
  }
  return readToken(answer, access.host);
}

function readToken({ body }: Answer, host: string): string {
  const unreadable = (cause?: unknown) =>
    faultError(
      {
        status: 'failed',
        message: `${host} sent an unreadable token.`,
        hint: 'Check the log of the registry.',
      },
      cause,
    );
  let parsed: { token?: unknown; access_token?: unknown } | null;
  try {
    parsed = JSON.parse(body.toString('utf8')) as typeof parsed;
  } catch (error) {
    throw unreadable(error);
  }
  const token = parsed?.token ?? parsed?.access_token;
  // It becomes part of a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) throw unreadable();
  return token;
}

async function askWith(
  base: URL,
  resolved: Resolved,
  access: RegistryAccess,
  request: Request,
  signal: AbortSignal,
) {
  const url = new URL(request.path, base);
  const send = (authorization?: string) =>
    ask({
      url,
      method: request.method,
      headers: { ...request.headers, ...(authorization && { authorization }) },
      resolved,
      trustedAs: access.host,
      signal,
      maxBody: request.maxBody,
      announcedBytes: request.announcedBytes,
    });
  const first = await send();
  if (first.status !== 401) return { ...first, withheld: false };
  const challenge = parseChallenge(first.headers['www-authenticate']);
  const withheld = access.credentials !== null && !mayTell(base, resolved, access);
  const login = access.credentials && !withheld ? basic(access.credentials) : null;
  if (challenge?.scheme === 'basic' && login) return { ...(await send(login)), withheld };
  if (challenge?.scheme === 'bearer') {
    const token = await fetchToken(challenge, base, access, login, signal);
    if (token) return { ...(await send(`Bearer ${token}`)), withheld };
  }
  return { ...first, withheld };
}

/** One request without the login. Throws if the answer names a token server that must not get it. */
async function askWithout(
  base: URL,
  resolved: Resolved,
  access: RegistryAccess,
  { path, ...request }: Request,
  signal: AbortSignal,
): Promise<RegistryAnswer> {
  const url = new URL(path, base);
  const answer = await ask({ ...request, url, resolved, trustedAs: access.host, signal });
  for (const realm of realmsIn(answer.headers['www-authenticate'])) requireOwnRealm(realm, base, access.host);
  const withheld = answer.status === 401 && access.credentials !== null && !mayTell(base, resolved, access);
  return { ...answer, withheld };
}

/** The responses of Go and nginx to plain HTTP on an HTTPS port. */
const wantsHttps = ({ status, body }: Answer) =>
  status === 400 && /HTTP request .*to (an )?HTTPS/i.test(body.toString('utf8'));

/** Without a port: if 443 refuses, 80 may work; and a plain-text response to HTTPS proves plain HTTP. */
const mayBePlain = (error: unknown, host: string) =>
  speaksPlainHttp(error) || ((error as { code?: string }).code === 'ECONNREFUSED' && !/:\d+$/.test(host));

/** By https, or by http if that is configured or nothing else works. */
async function choosingProtocol(
  access: RegistryAccess,
  request: Request,
  outer: AbortSignal | undefined,
  askBy: typeof askWith,
): Promise<RegistryAnswer> {
  const limit = AbortSignal.timeout(queryTimeoutMs);
  const signal = outer ? AbortSignal.any([limit, outer]) : limit;
  const host = apiHost(access.host);
  const secure = new URL(`https://${host}`);
  const plain = new URL(`http://${host}`);
  try {
    const resolved = await resolveHost(secure.hostname);
    if (access.scheme === 'http') {
      const answer = await askBy(plain, resolved, access, request, signal);
      if (!wantsHttps(answer)) return answer;
      throw faultError({
        status: 'unreachable',
        message: `${access.host} speaks HTTPS, not plain HTTP.`,
        hint: 'Choose automatic or HTTPS for this registry.',
      });
    }
    try {
      return await askBy(secure, resolved, access, request, signal);
    } catch (error) {
      if (access.scheme === 'https' || access.host === defaultHost || !mayBePlain(error, host)) throw error;
      return await askBy(plain, resolved, access, request, signal);
    }
  } catch (error) {
    // Node wraps the reason of a signal in an AbortError.
    throw signal.aborted ? signal.reason : error;
  }
}

/**
 * Queries a registry; authenticates on request. Throws Node's errors or an AppError; `faultOf` explains both.
 */
export const askRegistry = (
  access: RegistryAccess,
  request: Request,
  signal?: AbortSignal,
): Promise<RegistryAnswer> => choosingProtocol(access, request, signal, askWith);

/** Queries a registry as somebody without a login, and throws if the login would go where it must not. */
export const askForChallenge = (
  access: RegistryAccess,
  request: Request,
  signal?: AbortSignal,
): Promise<RegistryAnswer> => choosingProtocol(access, request, signal, askWithout);
