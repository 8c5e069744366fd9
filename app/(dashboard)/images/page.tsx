import { RefreshOnImages } from '@/app/(dashboard)/images/_components/refresh-on-images';
import { LinkButton } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { defaultEngine } from '@/lib/engine/engines';
import { formatCount } from '@/lib/format/text';
import { listImagePage } from '@/lib/images/list';
import { imageFilter } from '@/lib/images/schema';
import { ImageFilters } from './_components/image-filters';
import { ImageTabs } from './_components/image-tabs';
import { ImageList } from './_components/image-list';
import { mayWithImages } from './_components/may-with-images';
import { settle } from './_components/settle';

const nothing = { total: 0, bytes: null, unknownLayers: 0, hosts: [], labels: [] };

export const metadata = { title: 'Images' };

export default async function ImagesPage({ searchParams }: PageProps<'/images'>) {
  const user = await requirePermission('image:read');
  const filter = imageFilter.parse(await searchParams);
  const page = await settle(listImagePage(defaultEngine(), filter));
  const may = mayWithImages(user);
  const { total, bytes, unknownLayers, hosts, labels } = page.ok ? page.value : nothing;
  return (
    <>
      <RefreshOnImages />
      <PageHeader
        title="Images"
        meta={
          page.ok ? (
            <>
              <span>{formatCount(total, 'image')}</span>
              {bytes === null ? null : (
                <span title="All layers, each counted once">
                  <ByteSize bytes={bytes} /> of layers
                  {unknownLayers > 0 ? `, ${unknownLayers} more of unknown size` : ''}
                </span>
              )}
            </>
          ) : (
            'Built, pulled and loaded images'
          )
        }
        actions={
          <>
            {may.remove ? <LinkButton href="/images/clean-up">Clean up…</LinkButton> : null}
            {may.pull ? (
              <LinkButton variant="primary" href="/images/add">
                Add images…
              </LinkButton>
            ) : null}
          </>
        }
      />
      <ImageTabs />
      <ImageFilters filter={filter} hosts={hosts} labels={labels} />
      {page.ok ? (
        <ImageList page={page.value} filter={filter} may={may} />
      ) : (
        <ErrorState title="The images cannot be listed now" error={page.error} />
      )}
    </>
  );
}
