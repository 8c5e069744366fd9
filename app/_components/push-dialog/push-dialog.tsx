'use client';

import { Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import type { Pushed } from './push-content';
import { ReadingImage } from './reading-image';

/** Loaded when the dialog opens: many pages have the button, and it is rarely used. */
const PushContent = dynamic(async () => (await import('./push-content')).PushContent, {
  loading: () => <ReadingImage />,
});

/** The dialog without a button, for a menu or a shortcut. */
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

interface PushDialogProps extends Pushed {
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** A button that opens the push dialog. Requires `push:start`. */
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
