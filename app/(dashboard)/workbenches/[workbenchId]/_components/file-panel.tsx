'use client';

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { readDirectory } from '@/app/(dashboard)/workbenches/actions';
import { Button } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { TextField } from '@/app/_components/ui/text-field';
import { answered } from '@/app/_hooks/answered';
import type { WorkbenchFile } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';
import type { Putting } from './use-put-files';

const href = (id: string, path: string) => `/api/workbenches/${id}/files?${new URLSearchParams({ path })}`;

/** Uploads files to the container; downloads files and folders. */
export function FilePanel({
  workbenchId,
  files,
  usable,
  version,
  putting,
}: {
  workbenchId: WorkbenchId;
  files: WorkbenchFile[];
  usable: boolean;
  /** Changes with each command, which may have changed the shell's directory. */
  version: string;
  putting: Putting;
}) {
  const [directory, setDirectory] = useState('');
  const [here, setHere] = useState('/');
  const { put, sending, error } = putting;

  useEffect(() => {
    if (!usable) return;
    const look = async () => {
      const result = await answered(readDirectory)({ id: workbenchId });
      if (result.ok) setHere(result.data.directory || '/');
    };
    void look();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new version means to read again
  }, [usable, workbenchId, version]);

  return (
    <div className="flex flex-col gap-4 pt-3">
      {usable ? (
        <>
          <TextField
            label="Target folder"
            hint="Default: the shell’s working directory."
            mono
            placeholder={here}
            value={directory}
            onValueChange={setDirectory}
          />
          <DropZone
            title="Drop files or folders here"
            hint={sending ? `${sending.done} of ${sending.all} copied…` : 'Owner root, mode 644.'}
            disabled={sending !== null}
            pick={['files', 'folder']}
            onItems={(items) => void put(directory, items)}
          />
          {error ? <ErrorState error={error} title="Some files were not copied" /> : null}
          <TakeOut workbenchId={workbenchId} />
        </>
      ) : (
        <p className="text-muted">Files can be copied while the container exists, by users who may type.</p>
      )}
      {files.length ? (
        <ul aria-label="Copied files" className="flex flex-col text-sm">
          {files.map(({ id, path, size }) => (
            <li
              key={id}
              className="flex items-baseline justify-between gap-3 border-b border-line py-1 last:border-b-0"
            >
              <span className="min-w-0 font-mono text-xs break-all">{path}</span>
              <ByteSize bytes={size} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function TakeOut({ workbenchId }: { workbenchId: WorkbenchId }) {
  const [path, setPath] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (path) window.location.assign(href(workbenchId, path));
      }}
      className="flex items-end gap-2"
    >
      <TextField
        label="Path to download"
        hint="A folder is downloaded as a .tar archive."
        className="flex-1"
        mono
        placeholder="/etc/httpd"
        value={path}
        onValueChange={setPath}
      />
      <Button type="submit" icon={<Download aria-hidden />} className="mb-6">
        Download
      </Button>
    </form>
  );
}
