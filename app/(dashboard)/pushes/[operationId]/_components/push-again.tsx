'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startPush } from '@/app/(dashboard)/images/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { pushHref } from '@/lib/images/href';
import type { PushDetails } from '@/lib/images/schema';

/** Pushes the same image to the same target; layers that arrived are not sent again. */
export function PushAgain({ push }: { push: PushDetails }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    const { imageId, reference } = push.input;
    const result = await startOnce(startPush, { image: imageId, target: { reference } });
    if (result.ok) return router.push(pushHref(result.data.id));
    setPending(false);
    toast(failureToast('The push could not be started', result, () => void again()));
  };
  return (
    <Button variant="primary" icon={<RotateCcw aria-hidden />} pending={pending} onClick={() => void again()}>
      Push again
    </Button>
  );
}
