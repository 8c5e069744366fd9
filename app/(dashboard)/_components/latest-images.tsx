import Link from 'next/link';
import { LayerBar } from '@/app/_components/layer-strata/layer-bar';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import { defaultEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import { listImagePage } from '@/lib/images/list';
import { imageHref } from '@/lib/images/href';
import { imageFilter, type ImagePage } from '@/lib/images/schema';

/** Null while the engine is unreachable: the banner on every page says so. */
async function readImages(): Promise<ImagePage | null> {
  try {
    return await listImagePage(defaultEngine(), imageFilter.parse({ view: 'tagged', limit: 6 }));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

export async function LatestImages() {
  const page = await readImages();
  if (!page || page.rows.length === 0) return null;
  const largest = Math.max(...page.rows.map(({ size }) => size), 1);
  return (
    <Panel
      title="Latest images"
      padding="flush"
      actions={
        <Link href="/images" className="link text-sm">
          All images
        </Link>
      }
    >
      <ul className="flex flex-col">
        {page.rows.map((image) => (
          <li
            key={image.id}
            className="-mx-2 flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-2 py-2 last:border-b-0 hover:bg-hover"
          >
            <Link href={imageHref(image.id)} className="link min-w-0 flex-1 basis-60 truncate font-mono">
              {image.tags[0]}
            </Link>
            <LayerBar
              strata={image.strata}
              scale={image.size / largest}
              className="h-2.5 w-36 max-sm:hidden"
            />
            <span className="sm:w-18 sm:text-right">
              <ByteSize bytes={image.size} />
            </span>
            <span className="text-muted sm:w-28 sm:text-right">
              <RelativeTime at={image.created} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
