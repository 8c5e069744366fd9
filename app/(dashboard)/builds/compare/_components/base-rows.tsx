import { Panel } from '@/app/_components/ui/panel';
import { Digest, Reference } from '@/app/_components/ui/reference';
import { compareBases } from '@/lib/builds/compare';
import type { BuildDetails } from '@/lib/builds/schema';
import { Beside } from './beside';

function digest(value: string | null | undefined) {
  if (value === undefined) return <span className="text-faint">not used</span>;
  return value === null ? <span className="text-faint">unknown</span> : <Digest value={value} />;
}

const differenceOf = (before: string | null | undefined, after: string | null | undefined) =>
  before && after ? (before === after ? 'same' : 'changed') : undefined;

export function BaseRows({ before, after }: { before: BuildDetails; after: BuildDetails }) {
  const bases = compareBases(before, after);
  return (
    <Panel title="Base images" padding={bases.length > 0 ? 'flush' : 'normal'}>
      {bases.length > 0 ? (
        <Beside
          caption="Base images"
          what="Image"
          before={before}
          after={after}
          rows={bases.map((base) => ({
            key: base.reference,
            what: <Reference value={base.reference} />,
            before: digest(base.before),
            after: digest(base.after),
            difference: differenceOf(base.before, base.after),
          }))}
        />
      ) : (
        <p className="text-muted">Neither build uses a base image.</p>
      )}
    </Panel>
  );
}
