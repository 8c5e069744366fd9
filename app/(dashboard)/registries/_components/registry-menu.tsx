'use client';

import { Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useState, useTransition } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import type { Registry } from '@/lib/registries/schema';
import { checkRegistry } from '@/app/(dashboard)/registries/actions';
import { RemoveRegistry } from './remove-registry';

export function RegistryMenu({ registry, mayEdit }: { registry: Registry; mayEdit: boolean }) {
  const [removing, setRemoving] = useState(false);
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const check = () =>
    startTransition(async () => {
      const result = await answered(checkRegistry)({ id: registry.id });
      if (!result.ok) return toast(failureToast(`${registry.name} was not checked`, result, check));
      const done = result.data.status === 'ok';
      toast({
        tone: done ? 'success' : 'failure',
        title: done ? `${registry.name} is reachable` : `${registry.name} was checked`,
        text: result.data.message,
      });
    });
  return (
    <>
      <Menu
        trigger={<IconButton label={`More for ${registry.name}`} icon={<Ellipsis />} pending={pending} />}
      >
        <MenuItem icon={<PlugZap />} onSelect={check}>
          Check now
        </MenuItem>
        {mayEdit ? (
          <>
            <MenuItem icon={<Pencil />} href={`/registries/${registry.id}`}>
              Edit
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              icon={<Trash2 />}
              danger
              disabled={registry.local}
              detail={registry.local ? 'run by Layerwright' : undefined}
              onSelect={() => setRemoving(true)}
            >
              Remove…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <RemoveRegistry registry={registry} open={removing} onOpenChange={setRemoving} />
    </>
  );
}
