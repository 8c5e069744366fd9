import { TextDiff } from '@/app/(dashboard)/builds/_components/text-diff';
import { Panel } from '@/app/_components/ui/panel';
import type { BuildDetails } from '@/lib/builds/schema';

export function DockerfileChanges({ before, after }: { before: BuildDetails; after: BuildDetails }) {
  const [old, young] = [before.dockerfileText, after.dockerfileText];
  return (
    <Panel
      title="Dockerfile"
      meta={
        before.dockerfile === after.dockerfile
          ? before.dockerfile
          : `${before.dockerfile}, then ${after.dockerfile}`
      }
    >
      {old === null || young === null ? (
        <p className="text-muted">One of the builds ended before its Dockerfile was read.</p>
      ) : old === young ? (
        <p className="text-muted">No differences.</p>
      ) : (
        <TextDiff before={old} after={young} label="Dockerfile changes" />
      )}
    </Panel>
  );
}
