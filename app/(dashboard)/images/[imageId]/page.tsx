import { notFound } from 'next/navigation';
import { RefreshOnImages } from '@/app/(dashboard)/images/_components/refresh-on-images';
import { mayWithImages } from '@/app/(dashboard)/images/_components/may-with-images';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { defaultEngine } from '@/lib/engine/engines';
import { findAncestry } from '@/lib/images/ancestry/read-tree';
import { getImageView } from '@/lib/images/get';
import { findCommitOf } from '@/lib/commits/store';
import { listRecentTargets } from '@/lib/images/push-options';
import { imageId } from '@/lib/images/schema';
import { CommittedFrom } from './_components/committed-from';
import { ImageView } from './_components/image-view';

export const metadata = { title: 'Image' };

export default async function ImagePage({ params }: PageProps<'/images/[imageId]'>) {
  const user = await requirePermission('image:read');
  const id = imageId.safeParse((await params).imageId);
  if (!id.success) notFound();
  const image = await settle(getImageView(defaultEngine(), id.data));
  if (image.ok) {
    const [recent, commit, ancestry] = await Promise.all([
      listRecentTargets(image.value.tags),
      findCommitOf(image.value.id),
      settle(findAncestry(defaultEngine(), id.data)),
    ]);
    return (
      <>
        <RefreshOnImages />
        <ImageView
          image={image.value}
          recent={recent[0]}
          may={mayWithImages(user)}
          ancestry={ancestry.ok ? ancestry.value : null}
        >
          {commit ? <CommittedFrom commit={commit} /> : null}
        </ImageView>
      </>
    );
  }
  if (image.error.code === 'not_found') notFound();
  return (
    <>
      <RefreshOnImages />
      <PageHeader title="Image" breadcrumbs={[{ label: 'Images', href: '/images' }]} />
      <ErrorState title="The image cannot be shown now" error={image.error} />
    </>
  );
}
