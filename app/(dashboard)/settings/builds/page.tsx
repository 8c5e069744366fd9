import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { readBuildSettings } from '@/lib/builds/settings';
import { BuildSettingsForm } from './build-settings-form';

export const metadata = { title: 'Build settings' };

export default async function BuildSettingsPage() {
  await requirePermission('settings:read');
  return (
    <Panel title="Builds" meta="Concurrency and retention">
      <BuildSettingsForm settings={await readBuildSettings()} />
    </Panel>
  );
}
