'use client';

import { useState } from 'react';
import { readDirectory } from '@/app/(dashboard)/workbenches/actions';
import type { ShownError } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { useToast } from '@/app/_hooks/use-toast';
import type { WorkbenchId } from '@/lib/ids';
import { putFiles } from './put-files';

export interface Putting {
  /** Empty directory: the shell's working directory. */
  put: (directory: string, items: DataTransfer | FileList) => Promise<void>;
  sending: { done: number; all: number } | null;
  error: ShownError | null;
}

/** Uploads files that were dropped anywhere on the page. */
export function usePutFiles(workbenchId: WorkbenchId): Putting {
  const refresh = useRefresh();
  const toast = useToast();
  const [sending, setSending] = useState<Putting['sending']>(null);
  const [error, setError] = useState<ShownError | null>(null);

  const put: Putting['put'] = async (directory, items) => {
    setError(null);
    setSending({ done: 0, all: 0 });
    // Called before the first await: a DataTransfer is emptied after the event.
    const result = await putFiles(
      workbenchId,
      async () => {
        const where = directory ? null : await answered(readDirectory)({ id: workbenchId });
        return directory || (where?.ok ? where.data.directory : '') || '/';
      },
      items,
      (done, all) => setSending({ done, all }),
    );
    setSending(null);
    setError(result.error);
    const { sent } = result;
    if (result.error)
      toast({ tone: 'failure', title: 'Some files were not copied', text: result.error.message });
    else if (sent)
      toast({
        tone: 'success',
        title: sent === 1 ? '1 file copied' : `${sent} files copied`,
        text: `To ${result.directory}`,
      });
    refresh();
  };
  return { put, sending, error };
}
