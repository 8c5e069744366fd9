import type { Metadata } from 'next';
import { Panel } from '@/app/_components/ui/panel';
import { listLoginSessions } from '@/lib/auth/login-session';
import { requirePermission } from '@/lib/auth/require-user';
import { roleLabels } from '@/lib/commands/roles';
import { ChangePasswordForm } from './change-password-form';
import { LoginSessions } from './login-sessions';
import { SignOutButton } from './sign-out-button';
import { ThisBrowser } from './this-browser';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const user = await requirePermission('account:edit');
  const role = roleLabels[user.role];
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
      <LoginSessions sessions={await listLoginSessions(user)} />
    </div>
  );
}
