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
        <p className="text-muted">The Dockerfile of one of them was not kept: it ended before it was read.</p>
      ) : old === young ? (
        <p className="text-muted">The same in both.</p>
      ) : (
        <TextDiff before={old} after={young} label="Changes of the Dockerfile" />
      )}
    </Panel>
  );
}
