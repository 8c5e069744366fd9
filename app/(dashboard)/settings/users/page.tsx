import type { Metadata } from 'next';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { listAllLoginSessions } from '@/lib/auth/login-session';
import { requirePermission } from '@/lib/auth/require-user';
import { listUsers } from '@/lib/auth/users';
import { LoginSessions } from '@/app/(dashboard)/settings/_components/login-sessions';
import { AddUserForm } from './add-user-form';
import { UserTable } from './user-table';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  const user = await requirePermission('user:read');
  const [users, sessions] = await Promise.all([listUsers(), listAllLoginSessions(user)]);
  const mayEdit = can(user, 'user:edit');
  return (
    <div className="flex flex-col gap-5">
      <Panel title="Users" meta={users.length === 1 ? '1 user' : `${users.length} users`} padding="flush">
        <UserTable users={users} ownId={user.id} mayEdit={mayEdit} />
      </Panel>
      {mayEdit ? (
        <Panel title="Login sessions" meta="Browsers signed in now, of all users" padding="flush">
          <LoginSessions caption="All login sessions" sessions={sessions} ofAll />
        </Panel>
      ) : null}
      {mayEdit ? (
        <Panel title="Add a user">
          <AddUserForm />
        </Panel>
      ) : null}
    </div>
  );
}
