'use client';

import { Download } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { buttonClasses } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { formatCount, shortDigest } from '@/lib/format/text';
import type { ImageRow } from '@/lib/images/schema';

export type Selectable = Pick<ImageRow, 'id' | 'tags' | 'size'>;

const hrefOf = (images: Selectable[]) =>
  `/api/images/archive?${new URLSearchParams(images.map(({ id }) => ['image', id]))}`;

/** Says what the archive contains and that the download may start late, and links to it. */
export function SaveImages({
  images,
  open,
  onOpenChange,
}: {
  images: Selectable[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const bytes = images.reduce((sum, { size }) => sum + size, 0);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Save ${formatCount(images.length, 'image')} as one archive`}
      size="small"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          {/* A plain link: the browser downloads it while the page stays. */}
          <a
            href={hrefOf(images)}
            download
            className={buttonClasses('primary', 'medium')}
            onClick={() => onOpenChange(false)}
          >
            <Download aria-hidden />
            Download
          </a>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="max-h-60 overflow-y-auto font-mono text-sm break-all">
          {images.map(({ id, tags }) => (
            <li key={id}>{tags.length ? tags.join(', ') : shortDigest(id)}</li>
          ))}
        </ul>
        <p>
          A .tar file with all layers and tags, up to <ByteSize bytes={bytes} />; shared layers are included
          once. Load it with <code>docker load -i</code> or with “Load an archive”.
        </p>
        <p className="text-muted">
          With the overlay2 storage driver, the engine first writes the whole archive to its disk: this takes
          a few seconds per GB and as much free disk space as the archive. The download starts after that.
        </p>
      </div>
    </Dialog>
  );
}
