'use client';

import { useState } from 'react';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { PruneInput, PruneItem, PrunePreview } from '@/lib/disk/schema';

interface ChoiceProps<Preview> {
  preview: Preview;
  pending: boolean;
  onStart: (input: PruneInput) => void;
  onClose: () => void;
}

/** The preview with a checkbox per item; exactly the ticked items are removed. */
export function PruneChoice({ preview, ...rest }: ChoiceProps<PrunePreview>) {
  return preview.what === 'build-cache' ? (
    <CacheChoice preview={preview} {...rest} />
  ) : (
    <ItemChoice preview={preview} {...rest} />
  );
}

function Buttons({
  label,
  pending,
  disabled,
  onStart,
  onClose,
}: {
  label: string;
  pending: boolean;
  disabled: boolean;
  onStart: () => void;
  onClose: () => void;
}) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="danger" pending={pending} disabled={disabled} onClick={onStart}>
        {label}
      </Button>
    </div>
  );
}

const words = {
  containers: {
    one: 'container',
    text: 'Removing a container deletes the files it wrote outside volumes, its logs and its anonymous volumes.',
  },
  volumes: {
    one: 'volume',
    text: 'The data in a removed volume is lost. Named volumes are only removed if you select them.',
  },
};

const sizeOf = (items: PruneItem[]) => items.reduce((sum, { size }) => sum + size, 0);

function ItemChoice({
  preview: { what, items },
  pending,
  onStart,
  onClose,
}: ChoiceProps<Extract<PrunePreview, { items: PruneItem[] }>>) {
  const [chosen, setChosen] = useState(
    () => new Set(items.filter(({ suggested }) => suggested).map(({ id }) => id)),
  );
  const { one, text } = words[what];
  const doomed = items.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const ids = doomed.map(({ id }) => id);
  if (items.length === 0) return <p className="text-muted">Nothing to remove.</p>;
  return (
    <>
      <p>{text}</p>
      <Checkbox
        label={`All ${items.length.toLocaleString('en-US')}, ${formatBytes(sizeOf(items))}`}
        checked={doomed.length === items.length}
        onChange={(event) => setChosen(new Set(event.target.checked ? items.map(({ id }) => id) : []))}
      />
      <ul className="flex max-h-80 flex-col gap-1.5 overflow-y-auto border-y border-line py-2">
        {items.map((item) => (
          <li key={item.id} className="flex items-start justify-between gap-3">
            <Checkbox
              label={<span className="font-mono text-sm break-all">{item.name}</span>}
              hint={item.detail}
              checked={chosen.has(item.id)}
              onChange={() => toggle(item.id)}
            />
            <ByteSize bytes={item.size} />
          </li>
        ))}
      </ul>
      <p role="status">
        {doomed.length > 0
          ? `${formatCount(doomed.length, one)} will be removed, freeing ${formatBytes(sizeOf(doomed))}.`
          : 'Nothing selected.'}
      </p>
      <Buttons
        label={`Remove ${formatCount(doomed.length, one)}`}
        pending={pending}
        disabled={doomed.length === 0}
        onStart={() => onStart(what === 'containers' ? { what, ids } : { what, names: ids })}
        onClose={onClose}
      />
    </>
  );
}

function CacheChoice({
  preview: { unshared, all },
  pending,
  onStart,
  onClose,
}: ChoiceProps<Extract<PrunePreview, { what: 'build-cache' }>>) {
  const [whole, setWhole] = useState(false);
  const { unusedCount, unusedSize } = whole ? all : unshared;
  return (
    <>
      <p>The next builds run all steps again. No image is changed.</p>
      <Checkbox
        label="Also remove cache shared with images"
        hint="Frees no additional disk space while those images exist, and later builds cannot reuse it."
        checked={whole}
        onChange={(event) => setWhole(event.target.checked)}
      />
      <p role="status">
        {unusedCount > 0
          ? `${formatCount(unusedCount, 'record')} will be removed, freeing up to ${formatBytes(unusedSize)}.`
          : 'Nothing to remove.'}
      </p>
      <Buttons
        label="Remove build cache"
        pending={pending}
        disabled={unusedCount === 0}
        onStart={() => onStart({ what: 'build-cache', all: whole })}
        onClose={onClose}
      />
    </>
  );
}
