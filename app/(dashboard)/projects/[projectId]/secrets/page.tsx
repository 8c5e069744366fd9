import { KeyRound } from 'lucide-react';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { listSecretNames } from '@/lib/projects/secrets';
import { loadProject } from '@/app/(dashboard)/projects/[projectId]/load-project';
import { SecretForm } from './_components/secret-form';
import { SecretTable } from './_components/secret-table';

export async function generateMetadata({ params }: PageProps<'/projects/[projectId]/secrets'>) {
  await requirePermission('project:read');
  return { title: `Secrets · ${(await loadProject((await params).projectId)).name}` };
}

export default async function SecretsPage({ params }: PageProps<'/projects/[projectId]/secrets'>) {
  const user = await requirePermission('project:read');
  const { id, options } = await loadProject((await params).projectId);
  const given = new Set(options.secrets.map((secret) => secret.id));
  const secrets = (await listSecretNames(id)).map((secret) => ({
    ...secret,
    projectId: id,
    given: given.has(secret.name),
  }));
  const mayEdit = can(user, 'project:edit');
  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-prose flex-col gap-2 text-muted">
        <p>
          A secret reaches only the step that asks for it, as a file, and is in no layer of the image. Values
          are kept sealed; nobody can read them back here.
        </p>
        <code className="overflow-x-auto rounded-md bg-sunken px-2.5 py-1.5 font-mono text-sm whitespace-nowrap text-ink">
          RUN --mount=type=secret,id=npm_token cat /run/secrets/npm_token
        </code>
      </div>
      {secrets.length ? (
        <Panel padding="flush">
          <SecretTable secrets={secrets} mayEdit={mayEdit} />
        </Panel>
      ) : mayEdit ? null : (
        <EmptyState icon={<KeyRound />} title="This project has no secrets" />
      )}
      {mayEdit ? (
        <Panel title={secrets.length ? 'Add or replace a secret' : 'Add a secret'}>
          <SecretForm projectId={id} names={secrets.map((secret) => secret.name)} />
        </Panel>
      ) : null}
    </div>
  );
}
