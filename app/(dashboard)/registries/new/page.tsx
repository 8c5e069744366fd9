import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { RegistryForm } from '@/app/(dashboard)/registries/_components/registry-form';

export const metadata = { title: 'Add registry' };

export default async function NewRegistryPage() {
  await requirePermission('registry:edit');
  return (
    <>
      <PageHeader title="Add registry" breadcrumbs={[{ label: 'Registries', href: '/registries' }]} />
      <Panel>
        <RegistryForm />
      </Panel>
    </>
  );
}
