'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { answered } from '@/app/_hooks/answered';
import { startOnce } from '@/app/_hooks/start-once';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { UnpackResult } from '@/lib/projects/schema';
import { checkName, startUnpack } from '@/app/(dashboard)/projects/actions';
import { archiveAccept } from '@/app/_components/upload/listing';
import { UnpackProgress } from '@/app/(dashboard)/projects/_components/unpack-progress';
import { discardUpload } from '@/app/_components/upload/upload-client';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { useSource } from '@/app/_components/upload/use-source';
import { useUpload } from '@/app/_components/upload/use-upload';
import { projectHref } from './hrefs';
import { NameForm, type NameValues } from './name-form';

const noValues: NameValues = { name: '', strip: true };

/** Creates a project from a dropped folder or archive: select, name, upload, unpack, open. */
export function NewProject() {
  const router = useRouter();
  const toast = useToast();
  const { source, counted, error, choose, clear } = useSource();
  const upload = useUpload();
  const [uploadId, setUploadId] = useState<string | null>(null);
  const [operationId, setOperationId] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [values, setValues] = useState(noValues);

  const again = () => {
    if (uploadId && !operationId) discardUpload(uploadId);
    clear();
    upload.clear();
    setUploadId(null);
    setOperationId(null);
    setFailure(null);
    setValues(noValues);
  };
  const unpack = async (id: string, { name, strip }: NameValues) => {
    const result = await startOnce(startUnpack, { uploadId: id, strip, into: { to: 'new', name } });
    if (result.ok) return setOperationId(result.data.id);
    upload.clear();
    setUploadId(id);
    setFailure(result);
  };
  const begin = async (chosen: NameValues) => {
    setValues(chosen);
    setFailure(null);
    if (!source) return;
    const free = await answered(checkName)({ name: chosen.name });
    if (!free.ok) return setFailure(free);
    // Already uploaded: only the name was rejected.
    if (uploadId) return void unpack(uploadId, chosen);
    upload.start(source, (id) => void unpack(id, chosen));
  };
  const done = ({ projectId, files }: UnpackResult, warnings: string[]) => {
    toast({
      tone: warnings.length ? 'info' : 'success',
      title: `${values.name} created with ${formatCount(files, 'file')}`,
      text: warnings.slice(0, 3).join(' ') || undefined,
    });
    router.push(projectHref(projectId));
  };

  if (operationId && source)
    return <UnpackProgress operationId={operationId} name={source.name} onDone={done} onAgain={again} />;
  if (upload.state && source) return <UploadProgress name={source.name} upload={upload} />;
  if (source)
    return (
      <NameForm
        key={source.fingerprint}
        source={source}
        before={values}
        failure={failure}
        onSubmit={begin}
        onBack={again}
      />
    );
  return <SourceChoice counted={counted} error={error} onItems={(items) => void choose(items)} />;
}

function SourceChoice({
  counted,
  error,
  onItems,
}: Pick<ReturnType<typeof useSource>, 'counted' | 'error'> & {
  onItems: (items: DataTransfer | FileList) => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <DropZone
        title="Drop a folder or an archive here"
        hint={
          <>
            A folder with a Dockerfile, or an archive: <code>.tar</code>, <code>.tar.gz</code>,{' '}
            <code>.tar.zst</code> or <code>.zip</code>
          </>
        }
        accept={archiveAccept}
        disabled={counted !== null}
        onItems={onItems}
      />
      {counted !== null ? (
        <Waiting>Reading the folder… {counted ? formatCount(counted, 'file') : ''}</Waiting>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
    </div>
  );
}
