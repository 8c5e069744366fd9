'use client';

import { useRouter, usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { loadContainerRemoval, removeContainer } from '@/app/(dashboard)/containers/actions';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { useToast } from '@/app/_hooks/use-toast';
import { containerHref } from '@/lib/containers/choices';
import type { ContainerRemoval } from '@/lib/containers/schema';
import { formatCount } from '@/lib/format/text';

interface RemoveContainerProps {
  container: { id: string; name: string; alive: boolean };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What goes with it, asked when the question opens. */
function useRemoval(id: string, open: boolean) {
  const [removal, setRemoval] = useState<ContainerRemoval | 'asking' | 'unknown'>('asking');
  useEffect(() => {
    if (!open) return;
    let closed = false;
    const ask = async () => {
      const result = await loadContainerRemoval({ id });
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

/** Says exactly what will be gone, and removes it; one that runs only by a tick of its own. */
export function RemoveContainer({ container, open, onOpenChange }: RemoveContainerProps) {
  const { id, name, alive } = container;
  const router = useRouter();
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
        const result = await removeContainer({ id, force, volumes });
        if (result.ok) {
          toast({ tone: 'success', title: `${name} is removed` });
          if (path === containerHref(id)) router.push('/containers');
          else router.refresh();
        }
        return result;
      }}
    >
      <p>
        With it go the files that it wrote outside of its volumes
        {known?.size ? (
          <>
            {' '}
            (<ByteSize bytes={known.size} />)
          </>
        ) : null}
        , its output and its settings. Its image stays.
      </p>
      {known?.namedVolumes.length ? (
        <p>
          {known.namedVolumes.length === 1 ? 'This volume stays: ' : 'These volumes stay: '}
          <span className="font-mono break-all">{known.namedVolumes.join(', ')}</span>.
        </p>
      ) : null}
      {known?.anonymousVolumes ? (
        <Checkbox
          checked={volumes}
          onChange={(event) => setVolumes(event.target.checked)}
          label={`Also remove ${formatCount(known.anonymousVolumes, 'volume')} without a name`}
          hint="Their data is gone for good. Volumes that have a name always stay."
        />
      ) : null}
      {alive ? (
        <Checkbox
          checked={force}
          onChange={(event) => setForce(event.target.checked)}
          label="It runs: end it at once and remove it"
          hint="It gets no time to end in order. Stop it first if it should."
        />
      ) : null}
    </ConfirmDialog>
  );
}
