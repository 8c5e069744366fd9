'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startImport, startLoad } from '@/app/(dashboard)/images/add/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { imageWorkHref } from '@/lib/images/href';
import type { ImageWork } from '@/lib/images/work/schema';

/** Starts again with the uploaded file, which the server still has if only the engine failed. */
export function SendAgain({ work }: { work: Extract<ImageWork, { kind: 'import' | 'load' }> }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    const result =
      work.kind === 'load'
        ? await startOnce(startLoad, work.input)
        : await startOnce(startImport, work.input);
    if (result.ok) return router.push(imageWorkHref(result.data.id));
    setPending(false);
    toast(failureToast('The restart failed', result, () => void again()));
  };
  return (
    <Button variant="primary" icon={<RotateCcw aria-hidden />} pending={pending} onClick={() => void again()}>
      Try again
    </Button>
  );
}
