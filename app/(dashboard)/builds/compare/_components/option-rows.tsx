import { Panel } from '@/app/_components/ui/panel';
import { compareOptions } from '@/lib/builds/compare';
import type { BuildDetails } from '@/lib/builds/schema';
import { Beside } from './beside';

const lines = (texts: string[]) =>
  texts.length === 0 ? (
    <span className="text-faint">not set</span>
  ) : (
    texts.map((text) => (
      <span key={text} className="block font-mono text-sm break-all whitespace-normal sm:min-w-40">
        {text}
      </span>
    ))
  );

export function OptionRows({ before, after }: { before: BuildDetails; after: BuildDetails }) {
  const changes = compareOptions(before, after);
  return (
    <Panel title="Options" padding={changes.length > 0 ? 'flush' : 'normal'}>
      {changes.length > 0 ? (
        <Beside
          caption="Options that differ"
          what="Option"
          before={before}
          after={after}
          rows={changes.map((change) => ({
            key: change.name,
            what: change.name,
            before: lines(change.before),
            after: lines(change.after),
          }))}
        />
      ) : (
        <p className="text-muted">No differences.</p>
      )}
    </Panel>
  );
}
