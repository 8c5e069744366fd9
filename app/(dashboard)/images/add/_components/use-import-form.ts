'use client';

import { startOnce } from '@/app/_hooks/start-once';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startImport } from '@/app/(dashboard)/images/add/actions';
import type { ActionFailure } from '@/lib/actions/result';
import { archiveEndings, problemOfChange, readChanges } from '@/lib/images/archives/choices';
import { imageWorkHref } from '@/lib/images/href';
import { formatReference, parseReference, withDefaultTag } from '@/lib/references/reference';
import type { UploadId } from '@/lib/ids';
import { useArchive } from './use-archive';

function readName(text: string): { reason?: string; full?: string } {
  if (text.trim() === '') return {};
  const parsed = parseReference(text.trim());
  if (!parsed.ok) return { reason: parsed.reason };
  if (parsed.reference.digest) return { reason: 'A digest cannot be used as a name.' };
  return { full: formatReference(withDefaultTag(parsed.reference)) };
}

function problemOfChanges(text: string): string | undefined {
  for (const line of readChanges(text)) {
    const problem = problemOfChange(line);
    if (problem) return problem;
  }
  return undefined;
}

/** `debian-rootfs.tar.xz` becomes `debian-rootfs`. */
function suggestName(fileName: string): string {
  const ending = archiveEndings.toSorted((a, b) => b.length - a.length).find((one) => fileName.endsWith(one));
  const name = (ending ? fileName.slice(0, -ending.length) : fileName).toLowerCase();
  return name.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** An archive and what its image will be; sends the one, then starts the import. */
export function useImportForm() {
  const router = useRouter();
  const archive = useArchive();
  const { file, upload } = archive;
  const [values, setValues] = useState({ name: '', changes: '', message: '' });
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const name = readName(values.name);
  const changesProblem = problemOfChanges(values.changes);
  const ready = file !== null && name.full !== undefined && changesProblem === undefined;

  const begin = async (uploadId: UploadId) => {
    setStarting(true);
    const { name: reference, changes, message } = values;
    const result = await startOnce(startImport, {
      uploadId,
      reference,
      changes: readChanges(changes),
      message,
    });
    if (result.ok) {
      archive.handOver();
      return router.push(imageWorkHref(result.data.id));
    }
    setStarting(false);
    setFailure(result);
    upload.clear();
  };
  return {
    archive,
    values,
    failure,
    starting,
    busy: starting || upload.state !== null,
    ready,
    fullName: name.full,
    errors: {
      name: name.reason ?? failure?.fields?.reference,
      changes: changesProblem ?? failure?.fields?.changes,
    },
    set: (change: Partial<typeof values>) => {
      setValues((before) => ({ ...before, ...change }));
      if (!('message' in change)) setFailure(null);
    },
    choose: (items: DataTransfer | FileList) => {
      const chosen = archive.choose(items);
      if (chosen) setValues((before) => ({ ...before, name: before.name || suggestName(chosen.name) }));
    },
    submit: () => {
      if (!ready) return;
      setFailure(null);
      archive.send(file, (id) => void begin(id));
    },
  };
}
