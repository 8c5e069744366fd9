import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { formatCount } from '@/lib/format/text';
import type { GroundRow } from '@/lib/images/ancestry/schema';
import { imageHref } from '@/lib/images/href';
import { GroundBar } from './ground-bar';

/** Indentation by level; deeper levels use the last one. */
const indents = ['pl-0', 'pl-4', 'pl-8', 'pl-12', 'pl-16', 'pl-20', 'pl-24', 'pl-28'];

const indentOf = (level: number) => indents[Math.min(level, indents.length - 1)];

/** Images and shared layers from the base up, each with the layers that it adds. */
export function GroundList({
  label,
  rows,
  highest,
  current,
}: {
  label: string;
  rows: GroundRow[];
  /** Bytes that a full bar represents. */
  highest: number;
  /** The image whose page this is. */
  current?: string;
}) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {rows.map((row) => (
        <li
          key={row.key}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_14rem_10rem] lg:grid-cols-[minmax(0,1fr)_22rem_11rem]"
        >
          <span className={`flex min-w-0 items-baseline gap-1.5 ${indentOf(row.level)}`}>
            {row.level > 0 ? (
              <span aria-hidden className="text-faint">
                └
              </span>
            ) : null}
            <span className="flex min-w-0 flex-col">
              <Name row={row} current={current} />
              <span className="text-sm text-muted">
                <Words row={row} />
              </span>
            </span>
          </span>
          <GroundBar
            below={row.below}
            strata={row.strata}
            highest={highest}
            className="h-3 w-full max-sm:order-last max-sm:col-span-2"
          />
          <span className="flex flex-col text-right text-sm">
            <span>
              + <ByteSize bytes={row.size} />
            </span>
            <span className="text-muted">
              <ByteSize bytes={row.height} /> total
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Name({ row: { image }, current }: { row: GroundRow; current?: string }) {
  if (!image) return <span className="text-muted">Shared layers (no image)</span>;
  if (image.id === current)
    return (
      <span aria-current="true" className="truncate font-mono font-semibold">
        {image.name}
      </span>
    );
  return (
    <Link href={imageHref(image.id)} className="link truncate font-mono" title={image.name}>
      {image.name}
    </Link>
  );
}

function Words({ row: { image, strata, carries, belowLayers } }: { row: GroundRow }) {
  const layers =
    strata.length === 0
      ? belowLayers > 0
        ? 'same layers, different configuration'
        : 'no layers'
      : formatCount(strata.length, belowLayers > 0 ? 'more layer' : 'layer');
  const parts = [layers];
  if (image && !image.tagged) parts.unshift('untagged');
  if (image && image.moreTags > 0) parts.push(`+${formatCount(image.moreTags, 'tag')}`);
  if (carries > 0) parts.push(formatCount(carries, 'descendant'));
  return parts.join(' · ');
}
