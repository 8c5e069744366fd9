'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startRemoval } from '@/app/(dashboard)/images/_removal/actions';
import { roomText } from '@/app/(dashboard)/images/_removal/room-text';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { formatCount } from '@/lib/format/text';
import { imageWorkHref } from '@/lib/images/href';
import type { Room } from '@/lib/images/removal/schema';

/** Removes exactly the images that the page lists, after a confirmation. */
export function PruneButton({ ids, room }: { ids: string[]; room: Room }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const count = formatCount(ids.length, 'image');
  return (
    <>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden />}
        disabled={ids.length === 0}
        onClick={() => setAsking(true)}
      >
        Remove {count}…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${count}?`}
        confirmLabel={`Remove ${count}`}
        onConfirm={async () => {
          const result = await startOnce(startRemoval, { ids, withStopped: false });
          if (result.ok) router.push(imageWorkHref(result.data.id));
          return result;
        }}
      >
        <p>
          Removes exactly the listed images with all their tags and frees {roomText(room)}. An image that has
          come into use in the meantime is kept, and so are copies in registries.
        </p>
      </ConfirmDialog>
    </>
  );
}
