'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import type { Registry } from '@/lib/registries/schema';
import { RemoveRegistry } from './remove-registry';

export function RemoveButton({ registry }: { registry: Registry }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Trash2 aria-hidden />} onClick={() => setOpen(true)}>
        Remove…
      </Button>
      <RemoveRegistry registry={registry} open={open} onOpenChange={setOpen} />
    </>
  );
}
