import { ByteSize } from '@/app/_components/ui/byte-size';
import { Digest } from '@/app/_components/ui/reference';
import { Panel } from '@/app/_components/ui/panel';
import { formatCount } from '@/lib/format/text';
import { listContextFiles } from '@/lib/builds/context-files';
import type { BuildDetails } from '@/lib/builds/schema';

/** Rows listed here; the rest is counted, and in the download. */
const shown = 200;

export async function ContextFiles({ build }: { build: BuildDetails }) {
  if (!build.contextDigest) {
    return (
      <Panel title="Files">
        <p className="text-muted">Files are listed when the build ends.</p>
      </Panel>
    );
  }
  const files = await listContextFiles(build.id);
  const plain = files.filter((file) => file.digest);
  return (
    <Panel
      title="Files"
      meta={
        <>
          {formatCount(build.contextCount ?? 0, 'entry', 'entries')},{' '}
          <ByteSize bytes={build.contextBytes ?? 0} />,{' '}
          <Digest value={build.contextDigest} label="Copy context digest" />
        </>
      }
    >
      <ul
        className="max-h-96 overflow-y-auto font-mono text-sm"
        tabIndex={0}
        aria-label="Files of the build context"
      >
        {plain.slice(0, shown).map((file) => (
          <li key={file.path} className="flex items-baseline gap-3 py-1">
            <span className="min-w-0 flex-1 truncate" title={file.path}>
              {file.path}
            </span>
            <span className="text-muted">
              {file.digest.startsWith('->') ? file.digest : <ByteSize bytes={file.size} />}
            </span>
            {file.digest.startsWith('->') ? null : (
              <Digest value={`sha256:${file.digest}`} label="Copy digest" />
            )}
          </li>
        ))}
      </ul>
      {plain.length > shown ? (
        <p className="mt-2 text-muted">
          The first {shown} of {plain.length} files.
        </p>
      ) : null}
    </Panel>
  );
}
