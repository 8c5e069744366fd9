'use client';

import { clsx } from 'clsx';
import { FileUp, FolderUp } from 'lucide-react';
import { type ChangeEvent, type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from './button';

interface DropZoneProps {
  /** Hint: `Drop a folder or an archive here`. */
  title: ReactNode;
  hint?: ReactNode;
  /** The dropped or selected data. DataTransfer entries must be read before the first await. */
  onItems: (items: DataTransfer | FileList) => void;
  /** The pickers offered as buttons. */
  pick?: ('files' | 'folder')[];
  /** `.tar,.zip`: accepted by the file picker. */
  accept?: string;
  disabled?: boolean;
}

/** Accepts dropped files and folders; the pickers are buttons, for keyboard users. */
export function DropZone({
  title,
  hint,
  onItems,
  pick = ['folder', 'files'],
  accept,
  disabled,
}: DropZoneProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled && event.dataTransfer.types.includes('Files')) onItems(event.dataTransfer);
  };
  const picker = {
    type: 'file',
    multiple: true,
    hidden: true,
    tabIndex: -1,
    disabled,
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      if (event.target.files?.length) onItems(event.target.files);
      // Selecting the same file again must be a change event again.
      event.target.value = '';
    },
  };

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        if (!disabled && event.dataTransfer.types.includes('Files')) setOver(true);
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={onDrop}
      className={clsx(
        'flex flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-8 text-center transition-colors',
        over ? 'border-focus bg-running-soft' : 'hatch border-edge bg-sunken',
        disabled && 'opacity-60',
      )}
    >
      <p className="text-lg font-semibold">{over ? 'Drop to add' : title}</p>
      {hint ? <div className="max-w-prose text-sm text-muted">{hint}</div> : null}
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        {pick.includes('folder') ? (
          <Button icon={<FolderUp aria-hidden />} disabled={disabled} onClick={() => folder.current?.click()}>
            Choose folder
          </Button>
        ) : null}
        {pick.includes('files') ? (
          <Button icon={<FileUp aria-hidden />} disabled={disabled} onClick={() => files.current?.click()}>
            Choose files
          </Button>
        ) : null}
      </div>
      <input ref={files} {...picker} accept={accept} aria-label="Choose files" />
      <input ref={folder} {...picker} {...{ webkitdirectory: '' }} aria-label="Choose folder" />
    </div>
  );
}
