import { requirePermission } from '@/lib/auth/require-user';
import { listPullRegistries } from '@/lib/images/pull/registries';
import { PullForm } from './_components/pull-form';

export const metadata = { title: 'Pull an image' };

export default async function PullPage({ searchParams }: PageProps<'/images/add'>) {
  await requirePermission('image:pull');
  const { reference } = await searchParams;
  return (
    <PullForm
      registries={await listPullRegistries()}
      reference={typeof reference === 'string' ? reference.slice(0, 1024) : ''}
    />
  );
}
