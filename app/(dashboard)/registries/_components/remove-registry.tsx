'use client';

import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import type { Registry } from '@/lib/registries/schema';
import { removeRegistry } from '@/app/(dashboard)/registries/actions';
import { answered } from '@/app/_hooks/answered';

interface RemoveRegistryProps {
  registry: Pick<Registry, 'id' | 'name' | 'host' | 'hasPassword'>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RemoveRegistry({ registry, open, onOpenChange }: RemoveRegistryProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${registry.name}?`}
      confirmLabel="Remove registry"
      onConfirm={async () => {
        const result = await answered(removeRegistry)({ id: registry.id });
        if (result.ok) router.push('/registries');
        return result;
      }}
    >
      <p>
        Removes <span className="font-mono">{registry.host}</span>{' '}
        {registry.hasPassword ? 'and its stored password ' : ''}from Layerwright. Images in the registry and
        the push history are kept. Projects that push to it need another target.
      </p>
    </ConfirmDialog>
  );
}
