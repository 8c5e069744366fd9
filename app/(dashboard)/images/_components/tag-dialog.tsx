'use client';

import { type FormEvent, useState } from 'react';
import { addTag } from '@/app/(dashboard)/images/actions';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import { formatReference, parseReference, withDefaultTag } from '@/lib/references/reference';

interface TagDialogProps {
  image: { id: string; tags: string[] };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The reason why this is not a valid tag, or the full reference that it means. */
function read(text: string): { reason?: string; full?: string } {
  if (text === '') return {};
  const parsed = parseReference(text);
  if (!parsed.ok) return { reason: parsed.reason };
  if (parsed.reference.digest) return { reason: 'A digest cannot be used as a tag.' };
  return { full: formatReference(withDefaultTag(parsed.reference)) };
}

function TagForm({ image, onOpenChange }: TagDialogProps) {
  const toast = useToast();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const { reason, full } = read(text);
  const taken = failure?.code === 'conflict';

  const tag = async (move: boolean) => {
    setPending(true);
    const result = await answered(addTag)({ id: image.id, reference: text, move });
    setPending(false);
    if (!result.ok) return setFailure(result);
    toast({ tone: 'success', title: `Tagged as ${result.data.name}` });
    onOpenChange(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (full) void tag(taken);
  };

  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <TextField
        label="New tag"
        error={reason ?? (taken ? undefined : failure?.fields?.reference)}
        hint={full ? `In full: ${full}` : 'A name and a tag: mysite:2. A registry host may come first.'}
        mono
        data-autofocus
        value={text}
        placeholder={image.tags[0] ?? 'mysite:1'}
        onValueChange={(value) => {
          setText(value);
          setFailure(null);
        }}
      />
      {failure && (taken || !failure.fields) ? <ErrorState error={failure} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending} disabled={!full}>
          {taken ? 'Move tag here' : 'Add tag'}
        </Button>
      </div>
    </form>
  );
}

export function TagDialog(props: TagDialogProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Add a tag"
      description="Adds a name to this image. Nothing is copied."
      size="small"
    >
      {props.open ? <TagForm {...props} /> : null}
    </Dialog>
  );
}
