import { Badge } from '@/app/_components/ui/badge';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { LoginSessionSummary } from '@/lib/auth/schema';
import { browserName } from './browser-name';
import { EndLoginSession } from './end-login-session';

const user: Column<LoginSessionSummary> = {
  key: 'user',
  header: 'User',
  main: true,
  cell: (session) => <span className="font-medium">{session.userName}</span>,
};

const browser: Column<LoginSessionSummary> = {
  key: 'browser',
  header: 'Browser',
  grow: true,
  cell: (session) => (
    <span className="flex flex-wrap items-center gap-2" title={session.userAgent}>
      {browserName(session.userAgent)}
      {session.current ? <Badge tone="info">Current</Badge> : null}
    </span>
  ),
};

const others: Column<LoginSessionSummary>[] = [
  { key: 'address', header: 'From', cell: (session) => <span className="font-mono">{session.address}</span> },
  { key: 'created', header: 'Signed in', cell: (session) => <RelativeTime at={session.createdAt} /> },
  { key: 'seen', header: 'Last seen', cell: (session) => <RelativeTime at={session.lastSeenAt} /> },
];

const ending = (ofAll: boolean): Column<LoginSessionSummary> => ({
  key: 'actions',
  header: 'Actions',
  actions: true,
  cell: ({ id, userAgent, userName, current }) =>
    current ? null : (
      <EndLoginSession
        id={id}
        name={ofAll ? `${userName} in ${browserName(userAgent)}` : browserName(userAgent)}
        ofAll={ofAll}
      />
    ),
});

const own = [{ ...browser, main: true }, ...others, ending(false)];
const all = [user, browser, ...others, ending(true)];

/** `ofAll`: of all users, each with the name; else one's own. */
export const LoginSessions = ({
  caption,
  sessions,
  ofAll = false,
}: {
  caption: string;
  sessions: LoginSessionSummary[];
  ofAll?: boolean;
}) => (
  <Table caption={caption} rows={sessions} rowKey={(session) => session.id} columns={ofAll ? all : own} />
);
