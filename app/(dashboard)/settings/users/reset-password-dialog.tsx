'use client';

import { useActionState, useId } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import { NewPasswordFields } from '@/app/login/password-field';
import type { ActionResult } from '@/lib/actions/result';
import type { UserSummary } from '@/lib/auth/schema';
import { resetPassword } from '@/app/(dashboard)/settings/actions';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';

interface Props {
  user: Pick<UserSummary, 'id' | 'name'>;
  open: boolean;
  onClose: () => void;
}

export function ResetPasswordDialog({ user, open, onClose }: Props) {
  const toast = useToast();
  const formId = useId();
  const [result, submit, pending] = useActionState(
    async (previous: ActionResult<void> | null, form: FormData) => {
      const next = await answered(resetPassword)(previous, form);
      if (!next.ok) return next;
      toast({ tone: 'success', title: `${user.name} has a new password.` });
      onClose();
      return null;
    },
    null,
  );
  const failure = result && !result.ok ? result : null;
  const element = useFocusFirstError(failure);
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`New password for ${user.name}`}
      description="Signs the user out everywhere. Tell them the new password; they can change it in their account settings."
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            Set password
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} action={submit} className="flex flex-col gap-4">
        {failure && !failure.fields ? <ErrorState error={failure} /> : null}
        <input type="hidden" name="id" value={user.id} />
        <NewPasswordFields fields={failure?.fields} />
      </form>
    </Dialog>
  );
}
