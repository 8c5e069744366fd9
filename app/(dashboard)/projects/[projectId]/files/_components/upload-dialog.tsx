'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { Project, UnpackResult } from '@/lib/projects/schema';
import { startUnpack } from '@/app/(dashboard)/projects/actions';
import { UnpackProgress } from '@/app/(dashboard)/projects/_components/unpack-progress';
import { discardUpload } from '@/app/_components/upload/upload-client';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { useSource } from '@/app/_components/upload/use-source';
import { useUpload } from '@/app/_components/upload/use-upload';
import { UploadChoice, type UploadHow } from './upload-choice';

/** Adds dropped files to a directory of a project, or replaces all of its files. */
export function UploadDialog({
  project,
  directory,
  onClose,
}: {
  project: Pick<Project, 'id' | 'name'>;
  directory: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const [how, setHow] = useState<UploadHow>('add');
  // An archive is a file like others, unless somebody wants it unpacked: a Dockerfile may ADD it.
  const unpacks = how !== 'add';
  const { source, counted, error, choose, clear } = useSource({
    keepFolder: how !== 'replace',
    asArchive: unpacks,
  });
  const upload = useUpload();
  const [operationId, setOperationId] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const busy = upload.state !== null || operationId !== null;

  const unpack = async (uploadId: string) => {
    const mode = how === 'replace' ? 'replace' : 'add';
    const into = { to: 'project', projectId: project.id, mode, directory } as const;
    const result = await startUnpack({ uploadId, strip: how === 'replace', into });
    if (result.ok) return setOperationId(result.data.id);
    discardUpload(uploadId);
    upload.clear();
    setFailure(result);
  };
  const begin = () => {
    if (source) upload.start(source, (uploadId) => void unpack(uploadId));
  };
  const done = ({ files, replaced }: UnpackResult) => {
    const words = how === 'replace' ? 'All files were replaced' : `${formatCount(files, 'file')} added`;
    toast({
      tone: 'success',
      title: words,
      text: replaced ? `${replaced} of them were there before.` : undefined,
    });
    router.refresh();
    onClose();
  };
  const again = () => {
    clear();
    upload.clear();
    setOperationId(null);
    setFailure(null);
  };

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
        <UploadProgress
          name={source.name}
          state={upload.state}
          onPause={upload.pause}
          onResume={upload.resume}
          onCancel={upload.cancel}
        />
      ) : (
        <div className="flex flex-col gap-4">
          {failure ? <ErrorState error={failure} /> : null}
          <UploadChoice
            how={how}
            onHow={(next) => {
              setHow(next);
              clear();
            }}
          />
          {source ? (
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-mono break-all">{source.name}</span>
              <span className="text-muted">
                {source.files === null ? 'archive' : formatCount(source.files, 'file')}
              </span>
              <Button size="small" variant="ghost" onClick={clear}>
                Choose something else
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
      )}
    </Dialog>
  );
}
