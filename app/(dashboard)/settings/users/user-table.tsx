import { Badge } from '@/app/_components/ui/badge';
import { Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { roleLabels, type UserSummary } from '@/lib/auth/schema';
import { RoleSelect } from './role-select';
import { UserMenu } from './user-menu';

export function UserTable({
  users,
  ownId,
  mayEdit,
}: {
  users: UserSummary[];
  ownId: string;
  mayEdit: boolean;
}) {
  return (
    <Table
      caption="Users"
      rows={users}
      rowKey={(user) => user.id}
      columns={[
        {
          key: 'name',
          header: 'Name',
          main: true,
          grow: true,
          cell: (user) => (
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-mono font-medium">{user.name}</span>
              {user.id === ownId ? <Badge tone="info">You</Badge> : null}
              {user.disabledAt ? <Badge tone="warning">Disabled</Badge> : null}
            </span>
          ),
        },
        {
          key: 'role',
          header: 'Role',
          cell: (user) => (mayEdit ? <RoleSelect user={user} /> : roleLabels[user.role].name),
        },
        {
          key: 'seen',
          header: 'Last seen',
          from: 'md',
          cell: (user) =>
            user.lastSeenAt ? (
              <RelativeTime at={user.lastSeenAt} />
            ) : (
              <span className="text-faint">not signed in</span>
            ),
        },
        { key: 'created', header: 'Added', from: 'md', cell: (user) => <RelativeTime at={user.createdAt} /> },
        {
          key: 'actions',
          header: 'Actions',
          actions: true,
          cell: (user) => (mayEdit && user.id !== ownId ? <UserMenu user={user} /> : null),
        },
      ]}
    />
  );
}
