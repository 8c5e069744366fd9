import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { Reference } from '@/app/_components/ui/reference';
import { formatCount } from '@/lib/format/text';
import type { LoadResult } from '@/lib/images/archives/schema';
import type { ImageWork } from '@/lib/images/work/schema';
import { Facts, ImageLink } from './facts';

const file = (name: string) => <span className="font-mono text-sm break-all">{name}</span>;

/** The file and the image name, then the resulting images. */
export function ArchiveFacts({ work }: { work: Extract<ImageWork, { kind: 'import' | 'load' }> }) {
  if (work.kind === 'load') {
    return (
      <>
        <Facts facts={[['File', file(work.input.fileName)]]} />
        {work.result ? <Loaded result={work.result} /> : null}
      </>
    );
  }
  const { input, result } = work;
  return (
    <Facts
      facts={[
        ['File', file(input.fileName)],
        ['Name', <Reference key="name" value={input.reference} max={80} />],
        [
          'Configuration',
          input.changes.length ? (
            <ul key="changes" className="font-mono text-sm break-all">
              {input.changes.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          ) : null,
        ],
        ['Image', result && <ImageLink key="image" id={result.id} name={result.reference} />],
        ['Size', result && <ByteSize key="size" bytes={result.size} />],
      ]}
    />
  );
}

function Loaded({ result: { images } }: { result: LoadResult }) {
  return (
    <Panel title="Loaded" meta={formatCount(new Set(images.map(({ id }) => id)).size, 'image')}>
      <ul className="flex flex-col gap-1">
        {images.map(({ id, reference }) => (
          <li key={`${id} ${reference}`}>
            <ImageLink id={id} name={reference} />
            {reference === null ? <span className="ml-2 text-sm text-muted">untagged</span> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
