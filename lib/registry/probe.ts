import 'server-only';
import type { RegistryAccess } from './access';
import { refusalOf } from './client';
import { askRegistry } from './connection';
import { faultOf, type Fault } from './errors';

/** `null`: no problem. `words`: the message. */
export type Finding = { fault: Fault } | { fault: null; words: string };

function looksLikeRegistry(headers: Record<string, unknown>, body: Buffer): boolean {
  if ('docker-distribution-api-version' in headers) return true;
  try {
    return typeof JSON.parse(body.toString('utf8') || '{}') === 'object';
  } catch {
    return false;
  }
}

/** The result of a check from this server. */
export async function probeRegistry(access: RegistryAccess): Promise<Finding> {
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
      const message = `The server at ${host} is not a registry (or older than version 2).`;
      return { fault: { status: 'failed', message, hint: 'Check the host and the port.' } };
    }
    if (answer.status === 401 && !credentials) {
      const message = `${host} requires a login, and none is stored.`;
      return {
        fault: { status: 'denied', message, hint: 'Store a user name and a password or access token.' },
      };
    }
    return { fault: refusalOf(answer, host) };
  } catch (error) {
    return { fault: faultOf(error, host) };
  }
}
