'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeImage } from '@/app/(dashboard)/images/actions';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { useToast } from '@/app/_hooks/use-toast';
import { formatCount, shortDigest } from '@/lib/format/text';

export interface Removable {
  id: string;
  tags: string[];
  size: number;
  /** How many containers were made from it. */
  containers: number;
}

/** Says exactly what will be gone, and removes it. */
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
        const result = await removeImage({ id: image.id, force });
        if (result.ok) {
          toast({ tone: 'success', title: `${name} is removed` });
          router.push('/images');
          router.refresh();
        }
        return result;
      }}
    >
      {image.tags.length ? (
        <div>
          <p>With it {image.tags.length === 1 ? 'goes its name' : 'go all its names'}:</p>
          <ul className="mt-1 font-mono text-sm break-all">
            {image.tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>
        Up to <ByteSize bytes={image.size} /> become free: layers that other images share stay. What was
        pushed to a registry stays there.
      </p>
      {image.containers > 0 ? (
        <Checkbox
          checked={force}
          onChange={(event) => setForce(event.target.checked)}
          label={`Remove it although ${formatCount(image.containers, 'container')} ${image.containers === 1 ? 'was' : 'were'} made from it`}
          hint="Stopped containers stay, but lose their image. What a running one uses is never removed."
        />
      ) : null}
    </ConfirmDialog>
  );
}
