'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeImage } from '@/app/(dashboard)/images/actions';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { useToast } from '@/app/_hooks/use-toast';
import { formatCount, shortDigest } from '@/lib/format/text';

export interface Removable {
  id: string;
  tags: string[];
  size: number;
  /** Number of containers created from it. */
  containers: number;
}

/** Lists what will be removed, and removes it. */
export function RemoveImage({
  image,
  open,
  onOpenChange,
}: {
  image: Removable;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const refresh = useRefresh();
  const toast = useToast();
  const [force, setForce] = useState(false);
  const name = image.tags[0] ?? shortDigest(image.id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${name}?`}
      confirmLabel="Remove image"
      onConfirm={async () => {
        const result = await answered(removeImage)({ id: image.id, force });
        if (result.ok) {
          toast({ tone: 'success', title: `${name} removed` });
          router.push('/images');
          refresh();
        }
        return result;
      }}
    >
      {image.tags.length ? (
        <div>
          <p>{image.tags.length === 1 ? 'Its tag is removed too:' : 'All its tags are removed too:'}</p>
          <ul className="mt-1 font-mono text-sm break-all">
            {image.tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>
        Frees up to <ByteSize bytes={image.size} />. Layers shared with other images and copies in registries
        are kept.
      </p>
      {image.containers > 0 ? (
        <Checkbox
          checked={force}
          onChange={(event) => setForce(event.target.checked)}
          label={`Remove although ${formatCount(image.containers, 'container')} ${image.containers === 1 ? 'uses' : 'use'} it`}
          hint="Stopped containers are kept but lose their image. The image of a running container is never removed."
        />
      ) : null}
    </ConfirmDialog>
  );
}
