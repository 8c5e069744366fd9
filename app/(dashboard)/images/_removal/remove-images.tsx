'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { answered } from '@/app/_hooks/answered';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import { formatCount } from '@/lib/format/text';
import { imageWorkHref } from '@/lib/images/href';
import type { RemovalPlan } from '@/lib/images/removal/schema';
import { previewRemoval, startRemoval } from './actions';
import { PlanText } from './plan-text';

interface RemoveImagesProps {
  ids: string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks the server for a preview, shows it, and removes exactly what it lists. */
function RemoveForm({ ids, onOpenChange }: RemoveImagesProps) {
  const router = useRouter();
  const [withStopped, setWithStopped] = useState(false);
  const [plan, setPlan] = useState<RemovalPlan | null>(null);
  const [error, setError] = useState<ShownError | null>(null);
  const [pending, setPending] = useState(false);
  const asked = ids.join(' ');

  useEffect(() => {
    let current = true;
    const read = async () => {
      const result = await answered(previewRemoval)({ ids: asked.split(' '), withStopped });
      if (!current) return;
      if (result.ok) setPlan(result.data);
      else setError(result);
    };
    void read();
    return () => {
      current = false;
    };
  }, [asked, withStopped]);

  const going = plan?.images.filter(({ refusal }) => refusal === null) ?? [];
  const remove = async () => {
    setPending(true);
    setError(null);
    const result = await startOnce(startRemoval, { ids: going.map(({ id }) => id), withStopped });
    if (result.ok) return router.push(imageWorkHref(result.data.id));
    setPending(false);
    setError(result);
  };

  return (
    <div className="flex flex-col gap-4">
      {plan ? (
        <PlanText plan={plan} />
      ) : error ? null : (
        <Waiting>Checking which images can be removed…</Waiting>
      )}
      {plan && (plan.heldByStopped > 0 || withStopped) ? (
        <Checkbox
          checked={withStopped}
          onChange={(event) => setWithStopped(event.target.checked)}
          label="Also remove images of stopped containers"
          hint="The containers stay, but lose their image. What a running one uses is never removed."
        />
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button disabled={pending} onClick={() => onOpenChange(false)}>
          Cancel
        </Button>
        <Button
          variant="danger"
          pending={pending}
          disabled={going.length === 0}
          onClick={() => void remove()}
        >
          {going.length === 0 ? 'Remove' : `Remove ${formatCount(going.length, 'image')}`}
        </Button>
      </div>
    </div>
  );
}

export function RemoveImages(props: RemoveImagesProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Remove ${formatCount(props.ids.length, 'image')}?`}
      description="Copies in registries are kept."
    >
      {props.open ? <RemoveForm {...props} /> : null}
    </Dialog>
  );
}
