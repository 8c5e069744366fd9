import { formatCount, shortDigest } from '@/lib/format/text';
import type { PlannedRemoval, RemovalPlan } from '@/lib/images/removal/schema';
import { roomText } from './room-text';

/** The tag, repository digest or short id of an image, whichever it has first. */
export const plannedName = ({ id, tags, digests }: Pick<PlannedRemoval, 'id' | 'tags' | 'digests'>): string =>
  tags[0] ?? digests[0]?.replace(/@sha256:([a-f0-9]{12}).*/, '@$1') ?? shortDigest(id);

/** What is removed with all its tags, what is kept and why, and the disk space that is freed. */
export function PlanText({ plan }: { plan: RemovalPlan }) {
  const going = plan.images.filter(({ refusal }) => refusal === null);
  const staying = plan.images.filter(({ refusal }) => refusal !== null);
  return (
    <div className="flex flex-col gap-3">
      {going.length > 0 ? (
        <div>
          <p>
            {formatCount(going.length, 'image')} will be removed with all tags, which frees{' '}
            {roomText(plan.room)}:
          </p>
          <ul
            className="mt-1 max-h-60 overflow-y-auto font-mono text-sm break-all"
            aria-label="Images to remove"
          >
            {going.map((image) => (
              <li key={image.id}>
                {plannedName(image)}
                {image.tags.length > 1 ? (
                  <span className="text-muted"> {image.tags.slice(1).join(', ')}</span>
                ) : null}
                {image.stopped.length > 0 ? (
                  <span className="font-sans text-muted"> (image of {image.stopped.join(', ')})</span>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p>None of these images can be removed now.</p>
      )}
      {staying.length > 0 ? (
        <div>
          <p>{formatCount(staying.length, 'image is', 'images are')} kept:</p>
          <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto" aria-label="Images to keep">
            {staying.map((image) => (
              <li key={image.id}>
                <span className="font-mono text-sm break-all">{plannedName(image)}</span>{' '}
                <span className="text-muted">{image.refusal}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
