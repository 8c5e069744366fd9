import { notFound } from 'next/navigation';
import { Badge } from '@/app/_components/ui/badge';
import { CopyText } from '@/app/_components/ui/copy';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { schemeLabels } from '@/lib/registries/labels';
import { registryId } from '@/lib/registries/schema';
import { findStoredRegistry, withoutSecret } from '@/lib/registries/store';
import { CheckButton } from '@/app/(dashboard)/registries/_components/check-button';
import { CheckResult } from '@/app/(dashboard)/registries/_components/check-mark';
import { GeneratedLogin } from '@/app/(dashboard)/registries/_components/generated-login';
import { RegistryForm } from '@/app/(dashboard)/registries/_components/registry-form';
import { RemoveButton } from '@/app/(dashboard)/registries/_components/remove-button';

export const metadata = { title: 'Registry' };

export default async function RegistryPage({ params }: PageProps<'/registries/[registryId]'>) {
  const user = await requirePermission('registry:read');
  const id = registryId.safeParse((await params).registryId);
  const stored = id.success ? await findStoredRegistry({ id: id.data }) : null;
  if (!stored) notFound();
  const registry = withoutSecret(stored);
  const mayEdit = can(user, 'registry:edit');
  return (
    <>
      <PageHeader
        title={registry.name}
        breadcrumbs={[{ label: 'Registries', href: '/registries' }]}
        meta={
          <>
            <CopyText text={registry.host} label="Copy host" />
            {registry.local ? <Badge>local</Badge> : null}
            <span>{registry.username === null ? 'no login' : `as ${registry.username}`}</span>
          </>
        }
        actions={mayEdit && !registry.local ? <RemoveButton registry={registry} /> : null}
      />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-6 lg:order-last">
          <Panel
            title="Connection"
            actions={can(user, 'push:start') ? <CheckButton id={registry.id} /> : null}
          >
            <CheckResult check={registry.check} />
          </Panel>
          {mayEdit && registry.generatedLogin ? <GeneratedLogin registry={registry} /> : null}
        </div>
        <Panel title="Settings">
          {mayEdit ? (
            // A new key: after saving, the form restarts from the stored values.
            <RegistryForm
              key={`${registry.host} ${registry.scheme} ${registry.username}`}
              registry={registry}
            />
          ) : (
            <p className="text-muted">{schemeLabels[registry.scheme]}</p>
          )}
        </Panel>
      </div>
    </>
  );
}
