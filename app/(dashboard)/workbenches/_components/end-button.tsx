'use client';

import { Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import type { ListedWorkbench } from '@/lib/workbenches/schema';
import { EndDialog } from './end-dialog';

/** Ends the shell of a row, which may have no page any more. */
export function EndButton({ workbench }: { workbench: Pick<ListedWorkbench, 'id' | 'origin' | 'name'> }) {
  const [asked, setAsked] = useState(false);
  const label = workbench.origin === 'attach' ? 'Leave' : 'End';
  return (
    <>
      <Button
        size="small"
        icon={<Square aria-hidden />}
        aria-label={`${label} ${workbench.name}`}
        onClick={() => setAsked(true)}
      >
        {label}
      </Button>
      <EndDialog open={asked} onClose={() => setAsked(false)} workbench={workbench} />
    </>
  );
}
