import { RefreshOnChange } from '@/app/(dashboard)/engine/_components/refresh-on-change';
import { LinkButton } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { formatCount } from '@/lib/format/text';
import { listImagePage } from '@/lib/images/list';
import { imageFilter } from '@/lib/images/schema';
import { ImageFilters } from './_components/image-filters';
import { ImageList } from './_components/image-list';
import { mayWithImages } from './_components/may-with-images';
import { settle } from './_components/settle';

export const metadata = { title: 'Images' };

export default async function ImagesPage({ searchParams }: PageProps<'/images'>) {
  const user = await requirePermission('image:read');
  const filter = imageFilter.parse(await searchParams);
  const page = await settle(listImagePage(filter));
  return (
    <>
      <RefreshOnChange />
      <PageHeader
        title="Images"
        meta={page.ok ? formatCount(page.value.total, 'image') : 'What the engine has built and pulled'}
        actions={<LinkButton href="/pushes">Pushes</LinkButton>}
      />
      <ImageFilters filter={filter} />
      {page.ok ? (
        <ImageList page={page.value} filter={filter} may={mayWithImages(user)} />
      ) : (
        <ErrorState title="The images cannot be listed now" error={page.error} />
      )}
    </>
  );
}
