'use client';

import { PackagePlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { startImport } from '@/app/(dashboard)/images/add/actions';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { Button } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Field } from '@/app/_components/ui/field';
import { Input, Textarea } from '@/app/_components/ui/input';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ActionFailure } from '@/lib/actions/result';
import { archiveAccept, archiveEndings, problemOfChange, readChanges } from '@/lib/images/archives/choices';
import { imageWorkHref } from '@/lib/images/href';
import { formatReference, parseReference, withDefaultTag } from '@/lib/references/reference';
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

const example = `CMD ["sh"]
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

/** Imports a tar of a root file system as an image with one layer. */
export function ImportForm() {
  const router = useRouter();
  const archive = useArchive();
  const { file, upload } = archive;
  const [name, setName] = useState('');
  const [changes, setChanges] = useState('');
  const [message, setMessage] = useState('');
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const { reason, full } = readName(name);
  const problem = problemOfChanges(changes);

  const begin = async (uploadId: string) => {
    setStarting(true);
    const result = await startImport({
      uploadId,
      reference: name,
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file || !full || problem) return;
    setFailure(null);
    archive.send(file, (id) => void begin(id));
  };
  const busy = starting || upload.state !== null;

  return (
    <form ref={form} onSubmit={submit} className="flex max-w-200 flex-col gap-4" noValidate>
      {archive.error ? <ErrorState error={archive.error} /> : null}
      {file ? (
        <p className="flex flex-wrap items-center gap-3">
          <span className="font-mono break-all">{file.name}</span>
          <ByteSize bytes={file.size} />
          {busy ? null : (
            <Button size="small" onClick={archive.giveUp}>
              Choose another file
            </Button>
          )}
        </p>
      ) : (
        <DropZone
          title="Drop a root file system here"
          hint="A tar of a complete root file system, as made by debootstrap or docker export: .tar, .tar.gz, .tar.xz, .tar.bz2 or .tar.zst."
          pick={['files']}
          accept={archiveAccept}
          onItems={(items) => {
            const chosen = archive.choose(items);
            if (chosen && name === '') setName(suggestName(chosen.name));
          }}
        />
      )}
      <Field
        label="Image name"
        error={reason ?? failure?.fields?.reference}
        hint={full ? `In full: ${full}` : 'Name and tag, e.g. mybase:1'}
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={name}
            placeholder="mybase:1"
            disabled={busy}
            onChange={(event) => {
              setName(event.target.value);
              setFailure(null);
            }}
          />
        )}
      </Field>
      <Field
        label="Configuration"
        optional
        error={problem ?? failure?.fields?.changes}
        hint="One Dockerfile instruction per line: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, USER, VOLUME, WORKDIR. Without CMD or ENTRYPOINT, each container must be given a command."
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={4}
            value={changes}
            placeholder={example}
            disabled={busy}
            onChange={(event) => {
              setChanges(event.target.value);
              setFailure(null);
            }}
          />
        )}
      </Field>
      <Field label="Message" optional hint="Stored in the image history.">
        {(control) => (
          <Input
            {...control}
            value={message}
            maxLength={1000}
            disabled={busy}
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
      </Field>
      {failure && !failure.fields?.reference && !failure.fields?.changes ? (
        <ErrorState title="The import could not be started" error={failure} />
      ) : null}
      {upload.state && file && !starting ? (
        <UploadProgress
          name={file.name}
          state={upload.state}
          onPause={upload.pause}
          onResume={upload.resume}
          onCancel={archive.giveUp}
        />
      ) : (
        <div>
          <Button
            type="submit"
            variant="primary"
            icon={<PackagePlus aria-hidden />}
            pending={starting}
            disabled={!file || !full || problem !== undefined}
          >
            Upload and import
          </Button>
        </div>
      )}
    </form>
  );
}
