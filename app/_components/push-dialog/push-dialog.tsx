'use client';

import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { loadPushOptions } from '@/app/(dashboard)/images/actions';
import { Button, type ButtonSize, type ButtonVariant } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Spinner } from '@/app/_components/ui/spinner';
import type { ActionResult } from '@/lib/actions/result';
import type { PushOptions } from '@/lib/images/schema';
import { PushPanel } from './push-panel';

interface Pushed {
  /** Id of the image, or a reference. */
  image: string;
  /** The name it is seen under, where it has several: that one is prefilled. */
  reference?: string;
}

async function load({ image, reference }: Pushed): Promise<ActionResult<PushOptions>> {
  const byName = reference ? await loadPushOptions({ image: reference }) : null;
  // The name may have gone to another image meanwhile: what is pushed is this one.
  const isThis = byName?.ok && (!image.startsWith('sha256:') || byName.data.imageId === image);
  return isThis ? byName : loadPushOptions({ image });
}

function PushContent({ image, reference, onDone }: Pushed & { onDone: () => void }) {
  const [options, setOptions] = useState<ActionResult<PushOptions> | null>(null);
  useEffect(() => {
    let left = false;
    void load({ image, reference }).then((found) => (left ? undefined : setOptions(found)));
    return () => {
      left = true;
    };
  }, [image, reference]);
  if (options?.ok) return <PushPanel options={options.data} onDone={onDone} />;
  if (options) return <ErrorState error={options} title="The image cannot be pushed" />;
  return (
    <p role="status" className="flex items-center gap-2 py-6 text-muted">
      <Spinner className="size-4" /> Reading the image and the registries…
    </p>
  );
}

/** The dialog alone, for a menu or a shortcut that opens it. */
export function PushDialogBox({
  open,
  onOpenChange,
  ...pushed
}: Pushed & { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Push to a registry" description={pushed.reference}>
      {open ? <PushContent {...pushed} onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

export interface PushDialogProps extends Pushed {
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** A button that asks where to push an image, and pushes it. Show it to those who may `push:start`. */
export function PushDialog({ label = 'Push…', variant = 'primary', size, ...pushed }: PushDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} icon={<Upload aria-hidden />} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <PushDialogBox {...pushed} open={open} onOpenChange={setOpen} />
    </>
  );
}
