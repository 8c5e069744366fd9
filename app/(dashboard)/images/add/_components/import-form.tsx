'use client';

import { PackagePlus } from 'lucide-react';
import type { FormEvent } from 'react';
import { UploadProgress } from '@/app/_components/upload/upload-progress';
import { Button } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { DropZone } from '@/app/_components/ui/drop-zone';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import { archiveAccept } from '@/lib/images/archives/choices';
import { useImportForm } from './use-import-form';

const example = `CMD ["sh"]
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

/** Imports a tar of a root file system as an image with one layer. */
export function ImportForm() {
  const form = useImportForm();
  const { archive, failure, starting, busy } = form;
  const { file, upload } = archive;
  const element = useFocusFirstError(failure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };

  return (
    <form ref={element} onSubmit={submit} className="flex max-w-200 flex-col gap-4" noValidate>
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
          onItems={form.choose}
        />
      )}
      <ImportFields form={form} />
      {failure && !failure.fields?.reference && !failure.fields?.changes ? (
        <ErrorState title="The import could not be started" error={failure} />
      ) : null}
      {upload.state && file && !starting ? (
        <UploadProgress name={file.name} upload={upload} onCancel={archive.giveUp} />
      ) : (
        <div>
          <Button
            type="submit"
            variant="primary"
            icon={<PackagePlus aria-hidden />}
            pending={starting}
            disabled={!form.ready}
          >
            Upload and import
          </Button>
        </div>
      )}
    </form>
  );
}

function ImportFields({ form }: { form: ReturnType<typeof useImportForm> }) {
  const { values, set, errors, fullName, busy } = form;
  return (
    <>
      <TextField
        label="Image name"
        error={errors.name}
        hint={fullName ? `In full: ${fullName}` : 'Name and tag, e.g. mybase:1'}
        mono
        value={values.name}
        placeholder="mybase:1"
        disabled={busy}
        onValueChange={(name) => set({ name })}
      />
      <TextAreaField
        label="Configuration"
        optional
        error={errors.changes}
        hint="One Dockerfile instruction per line: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, USER, VOLUME, WORKDIR. Without CMD or ENTRYPOINT, each container must be given a command."
        mono
        rows={4}
        value={values.changes}
        placeholder={example}
        disabled={busy}
        onValueChange={(changes) => set({ changes })}
      />
      <TextField
        label="Message"
        optional
        hint="Stored in the image history."
        value={values.message}
        maxLength={1000}
        disabled={busy}
        onValueChange={(message) => set({ message })}
      />
    </>
  );
}
