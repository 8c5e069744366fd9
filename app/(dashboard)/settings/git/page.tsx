import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { readGitSettings } from '@/lib/projects/git/store';
import { GitSettingsForm } from './git-settings-form';

export const metadata = { title: 'Git settings' };

export default async function GitSettingsPage() {
  await requirePermission('settings:read');
  return (
    <Panel title="Git repositories" meta="Servers that projects may be fetched from">
      <GitSettingsForm settings={await readGitSettings()} />
    </Panel>
  );
}
