'use client';

import { useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { ignorePath } from '@/app/(dashboard)/projects/actions';
import type { ProjectId } from '@/lib/ids';

/** Excludes a path from the build context; the file itself stays. */
export function IgnoreButton({ projectId, path }: { projectId: ProjectId; path: string }) {
  const refresh = useRefresh();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const ignore = () =>
    startTransition(async () => {
      const result = await answered(ignorePath)({ id: projectId, path });
      toast(
        result.ok
          ? {
              tone: 'success',
              title: `${path} excluded`,
              text: `Added “${result.data.line}” to ${result.data.source}. The file itself is kept.`,
            }
          : failureToast('Not excluded', result),
      );
      if (result.ok) refresh();
    });
  return (
    <Button size="small" variant="ghost" aria-label={`Ignore ${path}`} pending={pending} onClick={ignore}>
      Ignore
    </Button>
  );
}
