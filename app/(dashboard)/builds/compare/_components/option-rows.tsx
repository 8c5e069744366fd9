import { Panel } from '@/app/_components/ui/panel';
import { buildArguments, compareOptions } from '@/lib/builds/compare';
import type { Role } from '@/lib/commands/roles';
import { readableAssignments } from '@/lib/commands/values';
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

export function OptionRows({
  before,
  after,
  user,
}: {
  before: BuildDetails;
  after: BuildDetails;
  user: { role: Role };
}) {
  // Compared before they are hidden: that a value changed may be seen.
  const changes = compareOptions(before, after).map((change) =>
    change.name === buildArguments
      ? {
          ...change,
          before: readableAssignments(user, change.before),
          after: readableAssignments(user, change.after),
        }
      : change,
  );
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
