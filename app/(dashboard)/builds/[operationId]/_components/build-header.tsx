'use client';

import { Ban, RotateCcw, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { PageHeader } from '@/app/_components/ui/page-header';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { useToast } from '@/app/_hooks/use-toast';
import type { BuildDetails } from '@/lib/builds/schema';
import { type ActiveOperation, isEnded, type OperationStatus } from '@/lib/operations/schema';
import { cancelBuild, deleteBuilds, startBuild } from '../../actions';
import { CacheShare } from '../../_components/cache-share';

export interface MayBuild {
  start: boolean;
  cancel: boolean;
  delete: boolean;
  push: boolean;
}

const place = (position: number) => (position === 1 ? 'next in line' : `number ${position} in line`);

interface BuildHeaderProps {
  build: BuildDetails;
  status: OperationStatus;
  active?: ActiveOperation;
  may: MayBuild;
}

export function BuildHeader({ build, status, active, may }: BuildHeaderProps) {
  const started = active?.startedAt ?? build.startedAt;
  const cancelling = !isEnded(status) && (active?.cancelledAt ?? build.cancelledAt) !== null;
  const detail = cancelling ? 'stopping…' : active?.position ? place(active.position) : undefined;
  return (
    <PageHeader
      title={`${build.projectName} #${build.number}`}
      breadcrumbs={[{ label: 'Builds', href: '/builds' }]}
      meta={
        <>
          <StatusMark status={status} detail={detail} />
          {started === null ? null : (
            <Duration from={started} to={isEnded(status) ? build.endedAt : null} live={!isEnded(status)} />
          )}
          {build.steps ? (
            <span>
              <CacheShare build={build} /> cached
            </span>
          ) : null}
          <span>
            {build.userName ? `${build.userName}, ` : ''}
            <RelativeTime at={build.queuedAt} />
          </span>
        </>
      }
      actions={
        isEnded(status) ? (
          <EndedActions build={build} may={may} />
        ) : may.cancel ? (
          <CancelButton id={build.id} cancelling={cancelling} />
        ) : null
      }
    />
  );
}

function CancelButton({ id, cancelling }: { id: string; cancelling: boolean }) {
  const [pending, setPending] = useState(false);
  const toast = useToast();
  const cancel = async () => {
    setPending(true);
    const result = await cancelBuild({ id });
    if (!result.ok) {
      setPending(false);
      toast({ tone: 'failure', title: 'The build could not be cancelled', text: result.message });
    }
  };
  return (
    <Button
      variant="danger"
      icon={<Ban aria-hidden />}
      pending={pending || cancelling}
      onClick={() => void cancel()}
    >
      Cancel
    </Button>
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
    const result = await startBuild({ projectId, options: build.options, push: build.push });
    if (result.ok) router.push(`/builds/${result.data.id}`);
    else {
      setPending(false);
      toast({ tone: 'failure', title: 'The build could not be started', text: result.message });
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
          const result = await deleteBuilds({ ids: [build.id] });
          if (result.ok) router.push('/builds');
          return result;
        }}
      >
        Its log, its timing and what it was made from will be gone. The image, its tags and the project stay.
      </ConfirmDialog>
    </>
  );
}
