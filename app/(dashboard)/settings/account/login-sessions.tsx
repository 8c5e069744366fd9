import { Badge } from '@/app/_components/ui/badge';
import { Panel } from '@/app/_components/ui/panel';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { LoginSessionSummary } from '@/lib/auth/schema';
import { browserName } from './browser-name';
import { EndLoginSession, EndOtherLoginSessions } from './end-login-session';

const columns: Column<LoginSessionSummary>[] = [
  {
    key: 'browser',
    header: 'Browser',
    main: true,
    grow: true,
    cell: (session) => (
      <span className="flex flex-wrap items-center gap-2" title={session.userAgent}>
        {browserName(session.userAgent)}
        {session.current ? <Badge tone="info">Current</Badge> : null}
      </span>
    ),
  },
  { key: 'address', header: 'From', cell: (session) => <span className="font-mono">{session.address}</span> },
  { key: 'created', header: 'Signed in', cell: (session) => <RelativeTime at={session.createdAt} /> },
  { key: 'seen', header: 'Last seen', cell: (session) => <RelativeTime at={session.lastSeenAt} /> },
  {
    key: 'actions',
    header: 'Actions',
    actions: true,
    cell: (session) =>
      session.current ? null : <EndLoginSession id={session.id} name={browserName(session.userAgent)} />,
  },
];

export function LoginSessions({ sessions }: { sessions: LoginSessionSummary[] }) {
  return (
    <Panel
      title="Login sessions"
      meta="Browsers signed in to your account"
      actions={sessions.length > 1 ? <EndOtherLoginSessions /> : null}
      padding="flush"
    >
      <Table
        caption="Your login sessions"
        rows={sessions}
        rowKey={(session) => session.id}
        columns={columns}
      />
    </Panel>
  );
}
