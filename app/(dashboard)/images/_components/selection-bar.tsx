'use client';

import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { RemoveImages } from '@/app/(dashboard)/images/_removal/remove-images';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { formatCount } from '@/lib/format/text';
import { SaveImages, type Selectable } from './save-images';

/** The number of selected images, and the actions on them. */
export function SelectionBar({
  chosen,
  all,
  may,
  onAll,
}: {
  chosen: Selectable[];
  all: number;
  may: { remove: boolean; save: boolean };
  onAll: (on: boolean) => void;
}) {
  const [opened, setOpened] = useState<'remove' | 'save' | null>(null);
  const none = chosen.length === 0;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
      <Checkbox
        label="Select all on this page"
        labelHidden={!none}
        checked={!none && chosen.length === all}
        onChange={(event) => onAll(event.target.checked)}
        className="text-sm text-muted"
      />
      {none ? null : (
        <>
          <span role="status" className="text-sm font-medium">
            {formatCount(chosen.length, 'image')} selected
          </span>
          {may.remove ? (
            <Button size="small" icon={<Trash2 aria-hidden />} onClick={() => setOpened('remove')}>
              Remove…
            </Button>
          ) : null}
          {may.save ? (
            <Button size="small" icon={<Download aria-hidden />} onClick={() => setOpened('save')}>
              Save as archive…
            </Button>
          ) : null}
          <Button size="small" variant="ghost" onClick={() => onAll(false)}>
            {' '}
            Clear selection{' '}
          </Button>
        </>
      )}
      <RemoveImages
        ids={chosen.map(({ id }) => id)}
        open={opened === 'remove'}
        onOpenChange={() => setOpened(null)}
      />
      <SaveImages images={chosen} open={opened === 'save'} onOpenChange={() => setOpened(null)} />
    </div>
  );
}
