import type { Metadata } from 'next';
import { StatusPage } from '@/app/_components/status-page';
import { LinkButton } from '@/app/_components/ui/button';
import { type Permission, permissions } from '@/lib/commands/permissions';
import { requireUser } from '@/lib/auth/require-user';
import { roleLabels } from '@/lib/commands/roles';

export const metadata: Metadata = { title: 'Not allowed' };

const isPermission = (text: unknown): text is Permission =>
  typeof text === 'string' && Object.hasOwn(permissions, text);

export default async function ForbiddenPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const user = await requireUser();
  const { needs } = await searchParams;
  return (
    <StatusPage title="Access denied" actions={<LinkButton href="/">Go to overview</LinkButton>}>
      {isPermission(needs) ? (
        <p>
          “{permissions[needs].label}” requires the role{' '}
          {roleLabels[permissions[needs].role].name.toLowerCase()}; your role is{' '}
          {roleLabels[user.role].name.toLowerCase()}.
        </p>
      ) : null}
      <p>An administrator can change your role in Settings.</p>
    </StatusPage>
  );
}
