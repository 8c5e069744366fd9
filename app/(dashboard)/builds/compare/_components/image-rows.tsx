import { clsx } from 'clsx';
import { LayerBar } from '@/app/_components/layer-strata/layer-bar';
import { sumOfSizes } from '@/app/_components/layer-strata/shares';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { kindLook } from '@/app/_components/ui/kinds';
import { Panel } from '@/app/_components/ui/panel';
import { align } from '@/lib/builds/align';
import type { BuildDetails } from '@/lib/builds/schema';
import { findEngine } from '@/lib/engine/engines';
import { formatCount } from '@/lib/format/text';
import { type Anatomy, anatomyOf } from '@/lib/images/anatomy';
import type { Stratum } from '@/lib/images/schema';
import { Beside, headsOf } from './beside';
import { sizeDifference } from './difference';

const firstWord = (layer: Stratum) => /^\S*/.exec(layer.label)![0];

function Picture({
  head,
  build,
  anatomy,
  scale,
}: {
  head: string;
  build: BuildDetails;
  anatomy?: Anatomy;
  scale: number;
}) {
  return (
    <div className="min-w-0 flex-1 basis-64">
      <p className="mb-1 flex flex-wrap gap-x-3">
        <span className="font-medium">{head}</span>
        {build.imageId === null ? (
          <span className="text-muted">no image</span>
        ) : anatomy ? (
          <>
            {build.imageSize === null ? null : <ByteSize bytes={build.imageSize} />}
            <span>{formatCount(anatomy.layers, 'layer')}</span>
          </>
        ) : (
          <span className="text-muted">The engine no longer has this image, or cannot be reached.</span>
        )}
      </p>
      {anatomy ? <LayerBar strata={anatomy.strata} scale={scale} className="h-6 w-full" /> : null}
    </div>
  );
}

async function readAnatomy({ engineId, imageId }: BuildDetails): Promise<Anatomy | undefined> {
  const engine = findEngine(engineId);
  if (!engine || imageId === null) return undefined;
  return (await anatomyOf(engine, [imageId], { ask: true })).get(imageId);
}

/** The layers of both images, on one scale. */
export async function ImageRows({ before, after }: { before: BuildDetails; after: BuildDetails }) {
  const [old, young] = await Promise.all([readAnatomy(before), readAnatomy(after)]);
  const [oldHead, head] = headsOf({ before, after });
  const largest = Math.max(1, sumOfSizes(old?.strata ?? []), sumOfSizes(young?.strata ?? []));
  const scaleOf = (one?: Anatomy) => sumOfSizes(one?.strata ?? []) / largest;
  const rows =
    old && young
      ? align(
          old.strata,
          young.strata,
          (layer) => layer.label,
          (one, other) => firstWord(one) === firstWord(other),
        )
      : [];
  return (
    <Panel
      title="Image and layers"
      meta={before.imageId && before.imageId === after.imageId ? 'same image' : undefined}
    >
      <div className="mb-3 flex flex-wrap gap-x-10 gap-y-3">
        <Picture head={oldHead} build={before} anatomy={old} scale={scaleOf(old)} />
        <Picture head={head} build={after} anatomy={young} scale={scaleOf(young)} />
      </div>
      {rows.length > 0 ? (
        <Beside
          caption="Layers"
          what="Layer"
          before={before}
          after={after}
          rows={rows.map((row, index) => {
            const layer = row.after ?? row.before!;
            return {
              key: String(index),
              what: (
                <span className="flex min-w-0 items-center gap-2">
                  <span
                    aria-hidden
                    className={clsx('size-2.5 shrink-0 rounded-xs', kindLook[layer.kind].fill)}
                  />
                  <span className="truncate font-mono text-sm" title={layer.label}>
                    {layer.label}
                  </span>
                </span>
              ),
              before: row.before ? <ByteSize bytes={row.before.size} /> : '–',
              after: row.after ? <ByteSize bytes={row.after.size} /> : '–',
              difference: sizeDifference(row.before?.size ?? null, row.after?.size ?? null) ?? '',
            };
          })}
        />
      ) : null}
    </Panel>
  );
}
