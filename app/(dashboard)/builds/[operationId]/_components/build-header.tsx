'use client';

import { RotateCcw, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { answered } from '@/app/_hooks/answered';
import { startOnce } from '@/app/_hooks/start-once';
import { OperationPanel } from '@/app/_components/operation-panel/operation-panel';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import type { OperationNow } from '@/app/_hooks/use-operation-now';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import type { BuildDetails } from '@/lib/builds/schema';
import type { CacheFigures } from '@/lib/events/cache-share';
import { isEnded } from '@/lib/operations/status';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { buildHref } from '@/lib/builds/href';
import { cancelOperation } from '@/app/(dashboard)/operations/actions';
import { deleteBuilds, startBuild } from '../../actions';
import { CacheShare } from '../../_components/cache-share';

export interface MayBuild {
  start: boolean;
  cancel: boolean;
  delete: boolean;
}

interface BuildHeaderProps {
  build: BuildDetails;
  now: OperationNow;
  figures: CacheFigures;
  error: string | null;
  may: MayBuild;
}

export function BuildHeader({ build, now, figures, error, may }: BuildHeaderProps) {
  return (
    <OperationPanel
      {...now}
      title={`${build.projectName} #${build.number}`}
      breadcrumbs={
        build.projectId === null
          ? [{ label: 'Builds', href: '/builds' }]
          : [
              { label: 'Projects', href: '/projects' },
              { label: build.projectName, href: projectHref(build.projectId) },
              { label: 'Builds', href: projectHref(build.projectId, 'builds') },
            ]
      }
      startedBy={build.userName}
      queuedAt={build.queuedAt}
      meta={
        figures.steps ? (
          <span className="inline-flex items-center gap-1">
            <CacheShare build={figures} /> cached
          </span>
        ) : null
      }
      onCancel={may.cancel ? () => answered(cancelOperation)({ id: build.id }) : undefined}
      cancelText="The running command is stopped. Nothing is tagged; the log so far and the build cache are kept."
      error={error ? { message: error } : null}
      errorAction={
        build.errorCode === 'engine_full' ? (
          <LinkButton href="/engine">Storage of the engine</LinkButton>
        ) : null
      }
      actions={isEnded(now.status) ? <EndedActions build={build} may={may} /> : null}
    />
  );
}

function EndedActions({ build, may }: { build: BuildDetails; may: MayBuild }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const [asking, setAsking] = useState(false);
  const { projectId } = build;

  const again = async () => {
    if (projectId === null) return;
    setPending(true);
    const result = await startOnce(startBuild, { projectId, options: build.options, push: build.push });
    if (result.ok) router.push(buildHref(result.data.id));
    else {
      setPending(false);
      toast(failureToast('Build not started', result, () => void again()));
    }
  };

  return (
    <>
      {may.start && projectId !== null ? (
        <>
          <Button
            variant="primary"
            icon={<RotateCcw aria-hidden />}
            pending={pending}
            onClick={() => void again()}
          >
            Build again
          </Button>
          <LinkButton
            href={`/projects/${projectId}/build?from=${build.id}`}
            icon={<SlidersHorizontal aria-hidden />}
          >
            Build with changes
          </LinkButton>
        </>
      ) : null}
      {may.delete ? (
        <IconButton label="Delete from the history" icon={<Trash2 />} onClick={() => setAsking(true)} />
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this build from the history?"
        confirmLabel="Delete from the history"
        onConfirm={async () => {
          const result = await answered(deleteBuilds)({ ids: [build.id] });
          if (result.ok) router.push('/builds');
          return result;
        }}
      >
        Its log, timing and inputs are deleted. The image, its tags and the project are kept.
      </ConfirmDialog>
    </>
  );
}
