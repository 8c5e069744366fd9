'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { kindLook, layerMeaning } from '@/app/_components/ui/kinds';
import { stepKinds } from '@/lib/events/events';
import { formatBytes } from '@/lib/format/bytes';
import type { Layer } from './layer-bar';
import { LayerText } from './layer-text';
import { formatShare, layoutShares, sumOfSizes } from './shares';
import { StrataColumn } from './strata-column';

// Slightly more than two pixels in a column of a few rows.
const least = 0.008;

/**
 * The layers of an image to scale, each joined by a line to its instruction and size. The table has all the
 * information of the picture. All rows have the same height, so that the lines need no measuring.
 */
export function LayerStrata({ layers, label = 'Layers' }: { layers: Layer[]; label?: string }) {
  const [active, setActive] = useState<number | null>(null);
  const total = sumOfSizes(layers);
  const shares = layoutShares(
    layers.map((layer) => layer.size ?? 0),
    least,
  );
  if (layers.length === 0) return <p className="text-muted">No layers are known.</p>;
  return (
    <div>
      <Legend layers={layers} />
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] sm:grid-cols-[11rem_minmax(0,1fr)]">
        <StrataColumn layers={layers} shares={shares} active={active} onActive={setActive} />
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">{label}, from the base up</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Instruction</th>
              <th scope="col">Kind</th>
              <th scope="col">Size</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {layers.map((layer, index) => (
              <tr
                // oxlint-disable-next-line react/no-array-index-key -- layers can be equal
                key={index}
                onPointerEnter={() => setActive(index)}
                onPointerLeave={() => setActive(null)}
                className={clsx('h-12 border-b border-line sm:h-9', active === index && 'bg-hover')}
              >
                <td className="w-full max-w-0 pl-2 align-middle">
                  <LayerText layer={layer} onOpenChange={(open) => setActive(open ? index : null)} />
                  <span className="block text-xs text-muted sm:hidden">
                    <Figures layer={layer} total={total} />
                  </span>
                </td>
                <td className="sr-only">{layerMeaning(layer.kind)}</td>
                <td className="w-24 text-right whitespace-nowrap max-sm:hidden">
                  {layer.empty ? <span className="text-faint">empty</span> : <ByteSize bytes={layer.size} />}
                </td>
                <td className="min-w-16 pr-2 pl-4 text-right whitespace-nowrap text-muted tabular-nums max-sm:hidden">
                  {layer.size === null ? null : formatShare(layer.size, total)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Figures({ layer, total }: { layer: Layer; total: number }) {
  if (layer.empty) return 'empty';
  return (
    <>
      <ByteSize bytes={layer.size} />
      {layer.size === null ? null : <span className="ml-2">{formatShare(layer.size, total)}</span>}
    </>
  );
}

function Legend({ layers }: { layers: Layer[] }) {
  const kinds = stepKinds.flatMap((kind) => {
    const own = layers.filter((layer) => layer.kind === kind);
    return own.length > 0 ? [{ kind, size: sumOfSizes(own) }] : [];
  });
  return (
    <ul className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      {kinds.map(({ kind, size }) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden className={clsx('size-2.5 rounded-xs', kindLook[kind].fill)} />
          {layerMeaning(kind)}
          {size > 0 ? <span className="text-faint tabular-nums">{formatBytes(size)}</span> : null}
        </li>
      ))}
    </ul>
  );
}
