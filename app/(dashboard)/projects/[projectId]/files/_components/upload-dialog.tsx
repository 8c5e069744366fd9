'use client';

import { UnpackProgress } from '@/app/(dashboard)/projects/_components/unpack-progress';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { formatCount } from '@/lib/format/text';
import { UploadChoice } from './upload-choice';
import { type UploadTarget, useProjectUpload } from './use-project-upload';

/** Adds dropped files to a directory, or replaces all files of the project. */
export function UploadDialog(target: UploadTarget) {
  const { project, directory, onClose } = target;
  const form = useProjectUpload(target);
  const { how, source, upload, operationId, busy, begin, done, again } = form;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Upload into ${how === 'replace' ? project.name : directory || project.name}`}
      locked={busy}
      footer={
        busy ? undefined : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            {source ? (
              <Button variant={how === 'replace' ? 'danger' : 'primary'} onClick={begin}>
                {how === 'replace' ? 'Replace all files' : 'Upload'}
              </Button>
            ) : null}
          </>
        )
      }
    >
      {operationId && source ? (
        <UnpackProgress operationId={operationId} name={source.name} onDone={done} onAgain={again} />
      ) : upload.state && source ? (
        <UploadProgress name={source.name} upload={upload} />
      ) : (
        <UploadSourceChoice form={form} />
      )}
    </Dialog>
  );
}

function UploadSourceChoice({ form }: { form: ReturnType<typeof useProjectUpload> }) {
  const { how, setHow, source, counted, error, choose, clear, failure } = form;
  return (
    <div className="flex flex-col gap-4">
      {failure ? <ErrorState error={failure} /> : null}
      <UploadChoice how={how} onHow={setHow} />
      {source ? (
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-mono break-all">{source.name}</span>
          <span className="text-muted">
            {source.files === null ? 'archive' : formatCount(source.files, 'file')}
          </span>
          <Button size="small" variant="ghost" onClick={clear}>
            Select another source
          </Button>
        </p>
      ) : (
        <DropZone
          title={how === 'unpack' ? 'Drop an archive here' : 'Drop files or a folder here'}
          pick={how === 'unpack' ? ['files'] : ['folder', 'files']}
          disabled={counted !== null}
          onItems={(items) => void choose(items)}
        />
      )}
      {error ? <ErrorState error={error} /> : null}
    </div>
  );
}
