import { ByteSize } from '@/app/_components/ui/byte-size';
import { CopyText } from '@/app/_components/ui/copy';
import { Reference } from '@/app/_components/ui/reference';
import type { ImageWork } from '@/lib/images/work/schema';
import { Facts, ImageLink } from './facts';

/** The reference; after the pull, also the image and its digest in the registry. */
export function PullFacts({ work }: { work: Extract<ImageWork, { kind: 'pull' }> }) {
  const { input, result } = work;
  return (
    <Facts
      facts={[
        ['Reference', <Reference key="reference" value={input.reference} max={80} />],
        ['Image', result && <ImageLink key="image" id={result.id} name={result.reference} />],
        ['Size', result && <ByteSize key="size" bytes={result.size} />],
        [
          'Digest',
          result?.digest ? <CopyText key="digest" text={result.digest} label="Copy digest" /> : null,
        ],
        ['Outcome', result && (result.unchanged ? 'Already up to date' : 'Pulled into the engine')],
      ]}
    />
  );
}
