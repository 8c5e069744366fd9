'use client';

import { useState } from 'react';
import { startUnpack } from '@/app/(dashboard)/projects/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { discardUpload } from '@/app/_components/upload/upload-client';
import { useSource } from '@/app/_components/upload/use-source';
import { useUpload } from '@/app/_components/upload/use-upload';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { Project, UnpackResult } from '@/lib/projects/schema';
import type { UploadId } from '@/lib/ids';
import type { UploadHow } from './upload-choice';

export interface UploadTarget {
  project: Pick<Project, 'id' | 'name'>;
  directory: string;
  onClose: () => void;
}

/** How files go into a project: chosen, sent and unpacked. */
export function useProjectUpload({ project, directory, onClose }: UploadTarget) {
  const refresh = useRefresh();
  const toast = useToast();
  const [how, changeHow] = useState<UploadHow>('add');
  // Archives are not unpacked by default: a Dockerfile may ADD them.
  const unpacks = how !== 'add';
  const { source, counted, error, choose, clear } = useSource({
    keepFolder: how !== 'replace',
    asArchive: unpacks,
  });
  const upload = useUpload();
  const [operationId, setOperationId] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const busy = upload.state !== null || operationId !== null;

  const unpack = async (uploadId: UploadId) => {
    const mode = how === 'replace' ? 'replace' : 'add';
    const into = { to: 'project', projectId: project.id, mode, directory } as const;
    const result = await startOnce(startUnpack, { uploadId, strip: how === 'replace', into });
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
      text: replaced ? `${formatCount(replaced, 'existing file')} replaced.` : undefined,
    });
    refresh();
    onClose();
  };
  const again = () => {
    clear();
    upload.clear();
    setOperationId(null);
    setFailure(null);
  };
  const setHow = (next: UploadHow) => {
    changeHow(next);
    clear();
  };
  return {
    how,
    setHow,
    source,
    counted,
    error,
    choose,
    clear,
    upload,
    operationId,
    failure,
    busy,
    begin,
    done,
    again,
  };
}
