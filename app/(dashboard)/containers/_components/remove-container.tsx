'use client';

import { useRouter, usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { loadContainerRemoval, removeContainer } from '@/app/(dashboard)/containers/actions';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { useToast } from '@/app/_hooks/use-toast';
import { containerHref } from '@/lib/containers/choices';
import type { ContainerRemoval } from '@/lib/containers/schema';
import { formatCount } from '@/lib/format/text';

interface RemoveContainerProps {
  container: { id: string; name: string; alive: boolean };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the removal would delete; read when the dialog opens. */
function useRemoval(id: string, open: boolean) {
  const [removal, setRemoval] = useState<ContainerRemoval | 'asking' | 'unknown'>('asking');
  useEffect(() => {
    if (!open) return;
    let closed = false;
    const ask = async () => {
      const result = await answered(loadContainerRemoval)({ id });
      if (!closed) setRemoval(result.ok ? result.data : 'unknown');
    };
    void ask();
    return () => {
      closed = true;
      setRemoval('asking');
    };
  }, [id, open]);
  return removal;
}

/** Lists what will be deleted, and removes the container; a running one needs an extra confirmation. */
export function RemoveContainer({ container, open, onOpenChange }: RemoveContainerProps) {
  const { id, name, alive } = container;
  const router = useRouter();
  const refresh = useRefresh();
  const path = usePathname();
  const toast = useToast();
  const removal = useRemoval(id, open);
  const [force, setForce] = useState(false);
  const [volumes, setVolumes] = useState(false);
  const known = typeof removal === 'object' ? removal : null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        setForce(false);
        onOpenChange(next);
      }}
      title={`Remove ${name}?`}
      confirmLabel="Remove container"
      onConfirm={async () => {
        const result = await answered(removeContainer)({ id, force, volumes });
        if (result.ok) {
          toast({ tone: 'success', title: `${name} removed` });
          if (path === containerHref(id)) router.push('/containers');
          else refresh();
        }
        return result;
      }}
    >
      <p>
        This deletes the files it wrote outside volumes{' '}
        {known?.size ? (
          <>
            {' '}
            (<ByteSize bytes={known.size} />)
          </>
        ) : null}
        , its logs and its configuration. The image is kept.
      </p>
      {known?.namedVolumes.length ? (
        <p>
          {known.namedVolumes.length === 1 ? 'This volume is kept: ' : 'These volumes are kept: '}
          <span className="font-mono break-all">{known.namedVolumes.join(', ')}</span>.
        </p>
      ) : null}
      {known?.anonymousVolumes ? (
        <Checkbox
          checked={volumes}
          onChange={(event) => setVolumes(event.target.checked)}
          label={`Also remove ${formatCount(known.anonymousVolumes, 'anonymous volume')}`}
          hint="Their data is lost. Named volumes are always kept."
        />
      ) : null}
      {alive ? (
        <Checkbox
          checked={force}
          onChange={(event) => setForce(event.target.checked)}
          label="Kill the running container and remove it"
          hint="It cannot shut down cleanly. To allow that, stop it first."
        />
      ) : null}
    </ConfirmDialog>
  );
}
