'use client';

import { clsx } from 'clsx';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { CopyButton } from '@/app/_components/ui/copy';
import { kindLook } from '@/app/_components/ui/kinds';
import { Popover } from '@/app/_components/ui/popover';
import { RelativeTime } from '@/app/_components/ui/time';
import type { Layer } from './layer-bar';

const keyword = /^[A-Z]{2,12}(?=\s)/;

/** The instruction on one line; expands to the full text. */
export function LayerText({ layer, onOpenChange }: { layer: Layer; onOpenChange: (open: boolean) => void }) {
  const look = kindLook[layer.kind];
  const word = keyword.exec(layer.label)?.[0] ?? '';
  return (
    <Popover
      label="Layer"
      className="w-140 max-w-full"
      onOpenChange={onOpenChange}
      trigger={
        <button type="button" className="block w-full truncate text-left font-mono text-sm hover:underline">
          <span className={clsx('font-semibold', look.text)}>{word}</span>
          <span className={layer.empty ? 'text-muted' : undefined}>{layer.label.slice(word.length)}</span>
        </button>
      }
    >
      <div className="flex items-center gap-3 border-b border-line px-3 py-1.5 text-sm">
        <span className={clsx('font-semibold', look.text)}>{look.meaning}</span>
        {layer.empty ? 'empty layer' : <ByteSize bytes={layer.size} />}
        {layer.created ? (
          <span className="text-muted">
            <RelativeTime at={layer.created} />
          </span>
        ) : null}
        <span className="ml-auto">
          <CopyButton text={layer.label} label="Copy instruction" />
        </span>
      </div>
      <p
        dir="ltr"
        className="max-h-80 overflow-y-auto p-3 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {layer.label}
      </p>
    </Popover>
  );
}
