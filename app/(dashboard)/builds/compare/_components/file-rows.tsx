import { FileChanges } from '@/app/(dashboard)/builds/_components/file-changes';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import type { FileChange } from '@/lib/builds/file-changes';
import type { BuildDetails } from '@/lib/builds/schema';

/** Rows that one looks at; the figures count all. */
const shown = 500;

const countOf = (changes: FileChange[], how: FileChange['how']) =>
  changes.filter((change) => change.how === how).length;

export function FileRows({
  before,
  after,
  changes,
}: {
  before: BuildDetails;
  after: BuildDetails;
  changes: FileChange[] | null;
}) {
  const counts = changes
    ? (['added', 'changed', 'removed'] as const)
        .map((how) => ({ how, count: countOf(changes, how) }))
        .filter(({ count }) => count > 0)
        .map(({ how, count }) => `${count.toLocaleString('en-US')} ${how}`)
    : [];
  return (
    <Panel
      title="Files of the context"
      meta={
        <>
          {counts.length > 0 ? `${counts.join(', ')}; ` : null}
          {before.contextBytes === null ? '–' : <ByteSize bytes={before.contextBytes} />}, then{' '}
          {after.contextBytes === null ? '–' : <ByteSize bytes={after.contextBytes} />}
        </>
      }
    >
      {changes === null ? (
        <p className="text-muted">
          The list of the files of one of them was not kept, so they cannot be compared.
        </p>
      ) : changes.length === 0 ? (
        <p className="text-muted">The same in both.</p>
      ) : (
        <FileChanges changes={changes} most={shown} />
      )}
    </Panel>
  );
}
