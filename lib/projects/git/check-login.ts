import 'server-only';
import { AppError } from '@/lib/errors';
import { findGitRoute } from './addresses';
import { type GitAddress, type GitLogin, parseGitUrl } from './schema';
import { checkHostKeys, checkPrivateKey } from './ssh-keys';
import { readGitSettings } from './store';

const refuse = (field: string, message: string, hint?: string) =>
  new AppError('invalid_input', message, { hint, fields: { [field]: message } });

/** Whether a login is one for this kind of address, and whole; says at which field it is not. */
export function checkLogin({ protocol, host, port }: GitAddress, login: GitLogin): void {
  if (protocol === 'ssh') {
    if (login.kind !== 'key')
      throw refuse('login.kind', 'SSH needs a key. Without one, enter the HTTPS URL.');
    checkPrivateKey(login.key);
    checkHostKeys(login.hostKeys, host, port, 'host');
  } else if (login.kind === 'key')
    throw refuse('login.kind', 'SSH keys only work over SSH: use a password or token.');
}

/** What can be known of a source before it is fetched, so that it is said in the form. */
export async function checkSource(url: string, login: GitLogin): Promise<void> {
  const parsed = parseGitUrl(url);
  if (!parsed.ok) throw refuse('url', parsed.reason);
  const { address } = parsed;
  checkLogin(address, login);
  await findGitRoute(address, await readGitSettings());
}
