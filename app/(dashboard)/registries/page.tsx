import { Plus, Warehouse } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { listRegistries } from '@/lib/registries/store';
import { RegistryTable } from './_components/registry-table';

export const metadata = { title: 'Registries' };

export default async function RegistriesPage() {
  const user = await requirePermission('registry:read');
  const registries = await listRegistries();
  const mayEdit = can(user, 'registry:edit');
  const add = mayEdit ? (
    <LinkButton variant="primary" href="/registries/new" icon={<Plus aria-hidden />}>
      Add registry
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Registries" meta="Registries for pushes and base images" actions={add} />
      {registries.length ? (
        <Panel padding="flush">
          <RegistryTable registries={registries} mayCheck={can(user, 'push:start')} mayEdit={mayEdit} />
        </Panel>
      ) : (
        <EmptyState icon={<Warehouse />} title="No registries yet" actions={add}>
          Add the registries that you push to, with a login if they require one. Registries without a login
          work without being added.
        </EmptyState>
      )}
    </>
  );
}
