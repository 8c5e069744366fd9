import { Pause, Play, X } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Progress } from '@/app/_components/ui/progress';
import { Waited } from '@/app/_components/ui/waiting';
import { formatBytes, formatRate } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/time';
import type { UploadState, useUpload } from './use-upload';

function detailOf({ sent, total, rate, paused }: UploadState): string {
  const parts = [`${formatBytes(sent)} of ${formatBytes(total)}`];
  if (paused) parts.push('paused');
  else if (rate) parts.push(formatRate(rate), `${formatDuration(((total - sent) / rate) * 1000)} left`);
  return parts.join(' · ');
}

/** Progress of an upload and its buttons; nothing without an upload. */
export function UploadProgress({
  name,
  upload,
  onCancel = upload.cancel,
}: {
  name: string;
  upload: ReturnType<typeof useUpload>;
  onCancel?: () => void;
}) {
  const { state, pause, resume } = upload;
  if (!state) return null;
  const done = state.sent >= state.total;
  return (
    <div className="flex flex-col gap-3">
      <Progress
        label={`Uploading ${name}`}
        value={state.total ? state.sent / state.total : 1}
        detail={
          <>
            {detailOf(state)}
            {state.paused || done ? null : <Waited key={state.sent} words=" without progress" />}
          </>
        }
        tone={state.error ? 'failed' : state.paused ? 'waiting' : 'running'}
      />
      {state.error ? <ErrorState title="Upload stopped" error={state.error} /> : null}
      <div className="flex flex-wrap gap-2">
        {state.paused ? (
          <Button icon={<Play aria-hidden />} onClick={resume}>
            {state.error ? 'Try again' : 'Resume'}
          </Button>
        ) : (
          <Button icon={<Pause aria-hidden />} disabled={done} onClick={pause}>
            Pause
          </Button>
        )}
        <Button variant="ghost" icon={<X aria-hidden />} onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
