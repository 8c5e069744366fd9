'use client';

import { createContext, type ReactNode, use, useState } from 'react';
import { Checkbox } from '@/app/_components/ui/checkbox';
import type { Selectable } from './save-images';
import { SelectionBar } from './selection-bar';

interface Selection {
  selected: ReadonlySet<string>;
  set: (ids: readonly string[], on: boolean) => void;
}

const SelectionContext = createContext<Selection | null>(null);

/** Selection of images on one page of the list, with actions on all selected ones. */
export function ImageSelection({
  images,
  may,
  children,
}: {
  images: Selectable[];
  may: { remove: boolean; save: boolean };
  children: ReactNode;
}) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // An image that was removed in the meantime is no longer selected.
  const chosen = images.filter(({ id }) => ticked.has(id));
  const set = (ids: readonly string[], on: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      for (const id of ids)
        if (on) next.add(id);
        else next.delete(id);
      return next;
    });
  if (!may.remove && !may.save) return children;
  return (
    <SelectionContext value={{ selected: new Set(chosen.map(({ id }) => id)), set }}>
      <SelectionBar
        chosen={chosen}
        all={images.length}
        may={may}
        onAll={(on) =>
          set(
            images.map(({ id }) => id),
            on,
          )
        }
      />
      {children}
    </SelectionContext>
  );
}

/** The checkbox of a row; nothing where the user may not act on a selection. */
export function SelectImage({ id, name }: { id: string; name: string }) {
  const selection = use(SelectionContext);
  if (!selection) return null;
  return (
    <Checkbox
      label={`Select ${name}`}
      labelHidden
      checked={selection.selected.has(id)}
      onChange={(event) => selection.set([id], event.target.checked)}
      className="shrink-0 self-start pt-0.5"
    />
  );
}
