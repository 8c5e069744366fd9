import type { ReactNode } from 'react';
import { EndNotices } from '@/app/_components/live/end-notices';
import { EngineBanner } from '@/app/_components/live/engine-banner';
import { LiveRunningWork } from '@/app/_components/live/live-running-work';
import { ConfirmPassword } from '@/app/_components/shell/confirm-password';
import { EngineMark } from '@/app/_components/shell/engine-mark';
import { listCommands } from '@/app/_components/shell/commands';
import { Shell } from '@/app/_components/shell/shell';
import { StreamProvider } from '@/app/_hooks/stream-provider';
import { requireUser } from '@/lib/auth/require-user';
import { roleLabels } from '@/lib/commands/roles';
import { defaultEngine } from '@/lib/engine/engines';
import { readPulse } from '@/lib/operations/active';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  return (
    <StreamProvider initialPulse={await readPulse(defaultEngine())}>
      <Shell
        user={{ name: user.name, role: roleLabels[user.role].name }}
        commands={listCommands(user)}
        running={<LiveRunningWork />}
        engine={<EngineMark />}
        notice={<EngineBanner />}
      >
        {children}
      </Shell>
      <EndNotices userName={user.name} />
      <ConfirmPassword userName={user.name} />
    </StreamProvider>
  );
}
