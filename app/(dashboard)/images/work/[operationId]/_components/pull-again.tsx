'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startPull } from '@/app/(dashboard)/images/add/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { imageWorkHref } from '@/lib/images/href';

/** Pulls the same reference again. */
export function PullAgain({ reference }: { reference: string }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    const result = await startOnce(startPull, { reference });
    if (result.ok) return router.push(imageWorkHref(result.data.id));
    setPending(false);
    toast(failureToast('The pull could not be started', result, () => void again()));
  };
  return (
    <Button variant="primary" icon={<RotateCcw aria-hidden />} pending={pending} onClick={() => void again()}>
      Pull again
    </Button>
  );
}
