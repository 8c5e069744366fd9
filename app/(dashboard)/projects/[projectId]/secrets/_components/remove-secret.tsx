'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { removeSecret } from '@/app/(dashboard)/projects/actions';
import { answered } from '@/app/_hooks/answered';
import type { ProjectId } from '@/lib/ids';

export function RemoveSecret({ projectId, name }: { projectId: ProjectId; name: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconButton label={`Remove ${name}`} icon={<Trash2 />} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove this secret?"
        confirmLabel="Remove secret"
        onConfirm={() => answered(removeSecret)({ id: projectId, name })}
      >
        <p>
          The value of <span className="font-mono">{name}</span> will be gone, and builds that ask for it will
          fail until it is set again.
        </p>
      </ConfirmDialog>
    </>
  );
}
