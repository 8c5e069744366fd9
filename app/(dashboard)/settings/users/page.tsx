import type { Metadata } from 'next';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { listUsers } from '@/lib/auth/users';
import { AddUserForm } from './add-user-form';
import { UserTable } from './user-table';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  const user = await requirePermission('user:read');
  const users = await listUsers();
  const mayEdit = can(user, 'user:edit');
  return (
    <div className="flex flex-col gap-5">
      <Panel title="Users" meta={users.length === 1 ? '1 user' : `${users.length} users`} padding="flush">
        <UserTable users={users} ownId={user.id} mayEdit={mayEdit} />
      </Panel>
      {mayEdit ? (
        <Panel title="Add a user">
          <AddUserForm />
        </Panel>
      ) : null}
    </div>
  );
}
