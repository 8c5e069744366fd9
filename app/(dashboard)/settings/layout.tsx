import type { ReactNode } from 'react';
import { LinkTabs } from '@/app/_components/ui/link-tabs';
import { PageHeader } from '@/app/_components/ui/page-header';
import { can } from '@/lib/commands/permissions';
import { requireUser } from '@/lib/auth/require-user';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const tabs = [
    { label: 'Account', href: '/settings/account' },
    ...(can(user, 'settings:read')
      ? [
          { label: 'Builds', href: '/settings/builds' },
          { label: 'Git', href: '/settings/git' },
          { label: 'Storage', href: '/settings/storage' },
        ]
      : []),
    ...(can(user, 'audit:read') ? [{ label: 'Audit', href: '/settings/audit' }] : []),
    ...(can(user, 'user:read') ? [{ label: 'Users', href: '/settings/users', nested: true }] : []),
  ];
  return (
    <>
      <PageHeader title="Settings" />
      <LinkTabs label="Settings" tabs={tabs} />
      {children}
    </>
  );
}
