import { Badge } from '@/app/_components/ui/badge';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { roleLabels } from '@/lib/commands/roles';
import type { UserSummary } from '@/lib/auth/schema';
import { RoleSelect } from './role-select';
import { UserMenu } from './user-menu';

type Row = UserSummary & { own: boolean; mayEdit: boolean };

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    main: true,
    grow: true,
    cell: (user) => (
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-mono font-medium">{user.name}</span>
        {user.own ? <Badge tone="info">You</Badge> : null}
        {user.disabledAt ? <Badge tone="warning">Disabled</Badge> : null}
      </span>
    ),
  },
  {
    key: 'role',
    header: 'Role',
    cell: (user) =>
      user.mayEdit ? (
        <RoleSelect user={{ id: user.id, name: user.name, role: user.role }} />
      ) : (
        roleLabels[user.role].name
      ),
  },
  {
    key: 'seen',
    header: 'Last seen',
    from: 'md',
    cell: (user) =>
      user.lastSeenAt ? (
        <RelativeTime at={user.lastSeenAt} />
      ) : (
        <span className="whitespace-nowrap text-faint">never</span>
      ),
  },
  { key: 'created', header: 'Added', from: 'md', cell: (user) => <RelativeTime at={user.createdAt} /> },
  {
    key: 'actions',
    header: 'Actions',
    actions: true,
    cell: (user) =>
      user.mayEdit && !user.own ? (
        <UserMenu user={{ id: user.id, name: user.name, disabledAt: user.disabledAt }} />
      ) : null,
  },
];

export function UserTable({
  users,
  ownId,
  mayEdit,
}: {
  users: UserSummary[];
  ownId: string;
  mayEdit: boolean;
}) {
  const rows = users.map((user) => ({ ...user, own: user.id === ownId, mayEdit }));
  return <Table caption="Users" rows={rows} rowKey={(user) => user.id} columns={columns} />;
}
