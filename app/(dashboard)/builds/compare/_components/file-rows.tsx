import { FileChanges } from '@/app/(dashboard)/builds/_components/file-changes';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import type { FileChange } from '@/lib/builds/file-changes';
import type { BuildDetails } from '@/lib/builds/schema';

/** Files sent to the page; the counts include all. */
const shown = 5000;

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
      title="Build context"
      meta={
        <>
          {counts.length > 0 ? `${counts.join(', ')}; ` : null}
          {before.contextBytes === null ? '–' : <ByteSize bytes={before.contextBytes} />}, then{' '}
          {after.contextBytes === null ? '–' : <ByteSize bytes={after.contextBytes} />}
        </>
      }
    >
      {changes === null ? (
        <p className="text-muted">One of the builds has no file list, so files cannot be compared.</p>
      ) : changes.length === 0 ? (
        <p className="text-muted">No differences.</p>
      ) : (
        <FileChanges changes={changes} most={shown} />
      )}
    </Panel>
  );
}
