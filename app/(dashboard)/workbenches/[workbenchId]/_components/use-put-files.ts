'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readDirectory } from '@/app/(dashboard)/workbenches/actions';
import type { ShownError } from '@/app/_components/ui/error-state';
import { useToast } from '@/app/_hooks/use-toast';
import { putFiles } from './put-files';

export interface Putting {
  /** Into this folder; where the shell is when it is empty. */
  put: (directory: string, items: DataTransfer | FileList) => Promise<void>;
  sending: { done: number; all: number } | null;
  error: ShownError | null;
}

/** Files into the workbench, wherever on the page they were dropped. */
export function usePutFiles(workbenchId: string): Putting {
  const router = useRouter();
  const toast = useToast();
  const [sending, setSending] = useState<Putting['sending']>(null);
  const [error, setError] = useState<ShownError | null>(null);

  const put: Putting['put'] = async (directory, items) => {
    setError(null);
    setSending({ done: 0, all: 0 });
    // Begun before the first wait: what was dropped is gone after it.
    const result = await putFiles(
      workbenchId,
      async () => {
        const where = directory ? null : await readDirectory({ id: workbenchId });
        return directory || (where?.ok ? where.data.directory : '') || '/';
      },
      items,
      (done, all) => setSending({ done, all }),
    );
    setSending(null);
    setError(result.error);
    const { sent } = result;
    if (result.error)
      toast({ tone: 'failure', title: 'Not all files were put in', text: result.error.message });
    else if (sent)
      toast({
        tone: 'success',
        title: sent === 1 ? '1 file put in' : `${sent} files put in`,
        text: `Into ${result.directory}`,
      });
    router.refresh();
  };
  return { put, sending, error };
}
