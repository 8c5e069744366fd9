'use client';

import { useState } from 'react';
import { archiveFingerprint } from '@/app/_components/upload/tar-blob';
import { discardUpload, type UploadSource } from '@/app/_components/upload/upload-client';
import { useUpload } from '@/app/_components/upload/use-upload';
import type { ShownError } from '@/app/_components/ui/error-state';
import { formatBytes } from '@/lib/format/bytes';
import { limits } from '@/lib/uploads/limits';
import type { UploadId } from '@/lib/ids';

function problemOf(file: File): ShownError | null {
  if (file.size === 0) return { message: `${file.name} is empty.` };
  if (file.size > limits.uploadBytes)
    return {
      message: `${file.name} is ${formatBytes(file.size)}; the upload limit is ${formatBytes(limits.uploadBytes)}.`,
    };
  return null;
}

const toSource = (file: File): UploadSource => ({
  blob: file,
  name: file.name,
  kind: 'archive',
  fingerprint: archiveFingerprint(file),
});

/** Chooses and uploads one archive; an abandoned upload is removed from the server. */
export function useArchive() {
  const upload = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<ShownError | null>(null);
  const [uploaded, setUploaded] = useState<string | null>(null);

  const drop = () => {
    if (uploaded) discardUpload(uploaded);
    else upload.cancel();
    upload.clear();
    setUploaded(null);
  };
  return {
    file,
    error,
    upload,
    choose: (items: DataTransfer | FileList) => {
      const [chosen] = items instanceof FileList ? items : items.files;
      if (!chosen) return null;
      drop();
      const problem = problemOf(chosen);
      setError(problem);
      setFile(problem ? null : chosen);
      return problem ? null : chosen;
    },
    /** Uploads it unless that was already done, then calls `onSent` with the upload's id. */
    send: (chosen: File, onSent: (uploadId: UploadId) => void) => {
      if (uploaded) return onSent(uploaded);
      upload.start(toSource(chosen), (id) => {
        setUploaded(id);
        onSent(id);
      });
    },
    giveUp: () => {
      drop();
      setFile(null);
      setError(null);
    },
    /** From here on, the server removes the upload. */
    handOver: () => setUploaded(null),
  };
}
