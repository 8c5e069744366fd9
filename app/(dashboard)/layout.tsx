import type { ReactNode } from 'react';
import { Shell } from '@/app/_components/shell/shell';
import { requireUser } from '@/lib/auth/require-user';
import { roleLabels } from '@/lib/auth/schema';
import { signOut } from './settings/actions';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  return (
    <Shell user={{ name: user.name, role: roleLabels[user.role].name }} signOut={signOut}>
      {children}
    </Shell>
  );
}
