'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startImport, startLoad } from '@/app/(dashboard)/images/add/actions';
import { Button } from '@/app/_components/ui/button';
import { useToast } from '@/app/_hooks/use-toast';
import { imageWorkHref } from '@/lib/images/href';
import type { ImageWork } from '@/lib/images/work/schema';

/** The same file once more: it is on the server still, where only the engine was at fault. */
export function SendAgain({ work }: { work: Extract<ImageWork, { kind: 'import' | 'load' }> }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    const result = work.kind === 'load' ? await startLoad(work.input) : await startImport(work.input);
    if (result.ok) return router.push(imageWorkHref(result.data.id));
    setPending(false);
    toast({ tone: 'failure', title: 'It could not be started again', text: result.message });
  };
  return (
    <Button variant="primary" icon={<RotateCcw aria-hidden />} pending={pending} onClick={() => void again()}>
      Try again
    </Button>
  );
}
