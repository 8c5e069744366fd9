import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { ImportForm } from '@/app/(dashboard)/images/add/_components/import-form';

export const metadata = { title: 'Import a root file system' };

export default async function ImportPage() {
  await requirePermission('image:load');
  return (
    <Panel title="Import a root file system as a base image">
      <ImportForm />
    </Panel>
  );
}
