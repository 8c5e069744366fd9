'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { startPrune } from '@/app/(dashboard)/engine/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import { type Prunable, prunableLabels } from '@/lib/disk/choices';
import type { PruneInput, PrunePreview } from '@/lib/disk/schema';
import { operationHref } from '@/lib/operations/status';
import { type Answer, askServer } from '@/app/_hooks/ask-server';
import { PruneChoice } from './prune-choice';

/** Previews what can be removed, with a choice, and removes it. */
export function PruneButton({ what }: { what: Prunable }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`Remove ${prunableLabels[what].toLowerCase()}…`}
      >
        Remove…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${prunableLabels[what].toLowerCase()}`}
        description="Preview before removing."
      >
        {open ? <PruneContent what={what} onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function PruneContent({ what, onClose }: { what: Prunable; onClose: () => void }) {
  const router = useRouter();
  const [preview, setPreview] = useState<Answer<PrunePreview> | null>(null);
  const [failure, setFailure] = useState<ShownError | null>(null);
  const [pending, setPending] = useState(false);

  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const answer = await askServer<PrunePreview>(`/api/engine/prune?what=${what}`, stop.signal);
      if (!stop.signal.aborted) setPreview(answer);
    };
    void ask();
    return () => stop.abort();
  }, [what]);

  const start = async (input: PruneInput) => {
    setPending(true);
    const result = await startOnce(startPrune, input);
    if (result.ok) return router.push(operationHref(result.data.id));
    setPending(false);
    setFailure(result);
  };

  if (!preview) return <Waiting>Reading what can be removed…</Waiting>;
  if (!preview.ok) return <ErrorState error={preview.error} title="The preview could not be read" />;
  return (
    <div className="flex flex-col gap-3">
      {failure ? <ErrorState error={failure} title="Nothing was removed" /> : null}
      <PruneChoice
        preview={preview.value}
        pending={pending}
        onStart={(input) => void start(input)}
        onClose={onClose}
      />
    </div>
  );
}
