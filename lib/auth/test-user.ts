import { newId } from '@/lib/ids';
import { startLoginSession } from './login-session';
import type { Role } from '@/lib/commands/roles';
import { insertUser } from './store';

export const testClient = { address: '192.0.2.10', userAgent: 'test' };

/** For tests: a user with a login session, who cannot sign in by password. */
export async function makeTestUser(role: Role, name: string = `${role}-${newId()}`) {
  const id = newId();
  await insertUser({ id, name, role, passwordHash: 'none' });
  return { id, name, role, token: await startLoginSession(id, testClient) };
}
