'use client';

import { useState } from 'react';
import type { ShownError } from '@/app/_components/ui/error-state';
import { formatBytes } from '@/lib/format/bytes';
import { limits } from '@/lib/uploads/limits';
import { type Dropped, readDropped, withFolderName, withoutEnding } from './listing';
import { archiveFingerprint, folderFingerprint, makeTar } from './tar-blob';
import type { UploadSource } from './upload-client';

/** The selection, ready to upload. */
export interface ChosenSource extends UploadSource {
  /** Suggested project name. */
  suggestion: string;
  /** Number of files in a folder; null for an archive. */
  files: number | null;
}

function toSource(dropped: Dropped, keepFolder: boolean): ChosenSource {
  if (dropped.kind === 'archive') {
    const { file } = dropped;
    return {
      blob: file,
      name: file.name,
      kind: 'archive',
      fingerprint: archiveFingerprint(file),
      suggestion: withoutEnding(file.name),
      files: null,
    };
  }
  const listing = keepFolder ? withFolderName(dropped.listing) : dropped.listing;
  const name = dropped.listing.name ?? dropped.listing.files[0]?.file.name ?? 'files';
  return {
    blob: makeTar(listing),
    name,
    kind: 'folder',
    fingerprint: folderFingerprint(listing),
    suggestion: dropped.listing.name ?? '',
    files: listing.files.length,
  };
}

function problemOf({ blob, files }: ChosenSource): ShownError | null {
  if (files !== null && files > limits.entries)
    return {
      message: `This folder has ${files.toLocaleString('en-US')} files; at most ${limits.entries.toLocaleString('en-US')} are allowed.`,
      hint: 'Remove files that the build does not need, such as node_modules.',
    };
  if (blob.size > limits.uploadBytes)
    return {
      message: `Upload size is ${formatBytes(blob.size)}; the limit is ${formatBytes(limits.uploadBytes)}.`,
    };
  return null;
}

/** Turns a drop or a selection into an upload. Folders are listed; their files are not read yet. */
export function useSource({ keepFolder = false, asArchive = true } = {}) {
  const [source, setSource] = useState<ChosenSource | null>(null);
  const [counted, setCounted] = useState<number | null>(null);
  const [error, setError] = useState<ShownError | null>(null);

  const choose = async (items: DataTransfer | FileList) => {
    setError(null);
    setCounted(0);
    try {
      const dropped = await readDropped(items, { asArchive, onCount: setCounted });
      const chosen = toSource(dropped, keepFolder);
      const problem = problemOf(chosen);
      setError(problem);
      setSource(problem ? null : chosen);
    } catch {
      setError({
        message: 'The browser could not read this folder.',
        hint: 'Check that it exists and is readable, or upload it as an archive.',
      });
    } finally {
      setCounted(null);
    }
  };
  return { source, counted, error, choose, clear: () => setSource(null) };
}
