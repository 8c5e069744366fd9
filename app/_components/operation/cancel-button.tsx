'use client';

import { Ban } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionResult } from '@/lib/actions/result';

/** Asks once; from then on it shows that the work is being stopped, until it has. */
export function CancelButton({
  cancel,
  cancelling,
}: {
  cancel: () => Promise<ActionResult<unknown>>;
  cancelling: boolean;
}) {
  const [asked, setAsked] = useState(false);
  const toast = useToast();
  const ask = async () => {
    setAsked(true);
    const result = await cancel();
    if (result.ok) return;
    setAsked(false);
    toast({ tone: 'failure', title: 'It could not be cancelled', text: result.message });
  };
  return (
    <Button
      variant="danger"
      icon={<Ban aria-hidden />}
      pending={asked || cancelling}
      onClick={() => void ask()}
    >
      {asked || cancelling ? 'Stopping' : 'Cancel'}
    </Button>
  );
}
