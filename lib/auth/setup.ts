import 'server-only';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { startLoginSession } from './login-session';
import { hashPassword } from './password';
import { countAttempt } from './rate-limit';
import { checkSetupToken, dropSetupToken, keepSetupToken } from './setup-token';
import { hasUsers, insertFirstUser } from './store';
import { checkNewPassword } from './users';

export const isSetupOpen = async (): Promise<boolean> => !(await hasUsers());

function origin(): string {
  const { host, port, https, allowedHosts } = env();
  const named = allowedHosts[0];
  if (https && named) return `https://${named}`;
  if (named) return `http://${/:\d+$/.test(named) ? named : `${named}:${port}`}`;
  return `http://${['0.0.0.0', '::', ''].includes(host) ? 'localhost' : host}:${port}`;
}

/**
 * Prints and returns the set-up link while there is no user. The code is in the fragment, which a browser does not
 * send, so that it appears in no log and no referrer.
 */
export async function announceSetup(print: (line: string) => void = console.log): Promise<string | null> {
  if (!(await isSetupOpen())) {
    dropSetupToken();
    return null;
  }
  const link = `${origin()}/setup#${keepSetupToken()}`;
  print(`Set-up link: ${link}`);
  return link;
}

/** Creates the administrator, once, and signs them in. Returns the token for the cookie. */
export async function completeSetup(
  input: { token: string; name: string; password: string; again: string },
  client: { address: string; userAgent: string },
): Promise<string> {
  if (!(await isSetupOpen())) throw new AppError('not_found');
  const succeeded = countAttempt('set-up', client.address);
  checkSetupToken(input.token);
  succeeded();
  checkNewPassword(input, input.name);
  const id = newId();
  const passwordHash = await hashPassword(input.password);
  if (!(await insertFirstUser({ id, name: input.name, role: 'admin', passwordHash })))
    throw new AppError('forbidden', 'Someone else finished the set-up just now.', {
      hint: 'If that was not you, stop the server and find out who has the link.',
    });
  dropSetupToken();
  return startLoginSession(id, client);
}
