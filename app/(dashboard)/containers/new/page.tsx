import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { getRunOptions } from '@/lib/containers/run-options';
import { defaultEngine } from '@/lib/engine/engines';
import { imageHref } from '@/lib/images/schema';
import { RunForm } from './_components/run-form';

export const metadata = { title: 'Run an image' };

const query = z.object({ image: z.string().min(1).max(1024) });

/** `?image=`: the id or a name of the image. */
export default async function RunPage({ searchParams }: PageProps<'/containers/new'>) {
  const user = await requirePermission('container:start');
  const asked = query.safeParse(await searchParams);
  if (!asked.success) notFound();
  const options = await settle(getRunOptions(defaultEngine(), asked.data.image));
  const breadcrumbs = [{ label: 'Containers', href: '/containers' }];
  if (!options.ok) {
    return (
      <>
        <PageHeader title="Run an image" breadcrumbs={breadcrumbs} />
        <ErrorState title="The image cannot be run now" error={options.error} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Run an image"
        breadcrumbs={breadcrumbs}
        meta={
          <Link href={imageHref(options.value.imageId)} className="link font-mono break-all">
            {options.value.imageName}
          </Link>
        }
      />
      <RunForm options={options.value} mayUseHost={can(user, 'host:use')} />
    </>
  );
}
