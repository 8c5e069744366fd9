import type { Metadata } from 'next';
import { Panel } from '@/app/_components/ui/panel';
import { listLoginSessions } from '@/lib/auth/login-session';
import { requirePermission } from '@/lib/auth/require-user';
import { roleLabels } from '@/lib/commands/roles';
import { EndOtherLoginSessions } from '@/app/(dashboard)/settings/_components/end-login-session';
import { LoginSessions } from '@/app/(dashboard)/settings/_components/login-sessions';
import { ChangePasswordForm } from './change-password-form';
import { SignOutButton } from './sign-out-button';
import { ThisBrowser } from './this-browser';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const user = await requirePermission('account:edit');
  const role = roleLabels[user.role];
  const sessions = await listLoginSessions(user);
  return (
    <div className="flex max-w-200 flex-col gap-5">
      <Panel title="You" actions={<SignOutButton />}>
        <p>
          Signed in as <span className="font-mono font-medium">{user.name}</span>, {role.name.toLowerCase()}.
        </p>
        <p className="text-muted">{role.description}</p>
      </Panel>
      <Panel title="Password">
        <ChangePasswordForm name={user.name} />
      </Panel>
      <Panel title="This browser">
        <ThisBrowser />
      </Panel>
      <Panel
        title="Login sessions"
        meta="Browsers signed in to your account"
        actions={sessions.length > 1 ? <EndOtherLoginSessions /> : null}
        padding="flush"
      >
        <LoginSessions caption="Your login sessions" sessions={sessions} />
      </Panel>
    </div>
  );
}
