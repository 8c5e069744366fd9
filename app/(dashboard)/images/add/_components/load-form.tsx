'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startLoad } from '@/app/(dashboard)/images/add/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { Button } from '@/app/_components/ui/button';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import type { ActionFailure } from '@/lib/actions/result';
import { archiveAccept } from '@/lib/images/archives/choices';
import { imageWorkHref } from '@/lib/images/href';
import type { UploadId } from '@/lib/ids';
import { useArchive } from './use-archive';

/** Uploads a chosen archive at once, then loads it into the engine. */
export function LoadForm() {
  const router = useRouter();
  const archive = useArchive();
  const { upload, file } = archive;
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  const load = async (uploadId: UploadId) => {
    setStarting(true);
    setFailure(null);
    const result = await startOnce(startLoad, { uploadId });
    if (result.ok) {
      archive.handOver();
      return router.push(imageWorkHref(result.data.id));
    }
    setStarting(false);
    setFailure(result);
  };
  const begin = (chosen: File | null) => {
    setFailure(null);
    if (chosen) archive.send(chosen, (id) => void load(id));
  };

  return (
    <div className="flex flex-col gap-4">
      {archive.error ? <ErrorState error={archive.error} /> : null}
      {failure ? (
        <ErrorState
          title="The load could not be started"
          error={failure}
          action={
            <>
              {file ? <Button onClick={() => begin(file)}>Try again</Button> : null}
              <Button variant="ghost" onClick={archive.giveUp}>
                Choose another file
              </Button>
            </>
          }
        />
      ) : null}
      {starting ? (
        <Waiting>Loading {file?.name} into the engine…</Waiting>
      ) : upload.state && file ? (
        <UploadProgress name={file.name} upload={upload} onCancel={archive.giveUp} />
      ) : (
        <DropZone
          title="Drop an archive of saved images here"
          hint="Made by docker save or podman save: .tar, .tar.gz, .tar.xz, .tar.bz2 or .tar.zst. A tag that already exists moves to the loaded image."
          pick={['files']}
          accept={archiveAccept}
          onItems={(items) => begin(archive.choose(items))}
        />
      )}
    </div>
  );
}
