'use client';

import { useActionState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { answered } from '@/app/_hooks/answered';
import {
  endOneLoginSession,
  endOtherLoginSessions,
  endUserLoginSession,
} from '@/app/(dashboard)/settings/actions';

export function EndLoginSession({ id, name, ofAll }: { id: string; name: string; ofAll: boolean }) {
  const [result, submit] = useActionState(
    ofAll ? answered(endUserLoginSession) : answered(endOneLoginSession),
    null,
  );
  return (
    <form action={submit}>
      <input type="hidden" name="id" value={id} />
      {result && !result.ok ? <ErrorState error={result} /> : null}
      <SubmitButton variant="secondary" size="small" aria-label={`End the login session of ${name}`}>
        End
      </SubmitButton>
    </form>
  );
}

export function EndOtherLoginSessions() {
  const [result, submit] = useActionState(async () => answered(endOtherLoginSessions)(), null);
  return (
    <form action={submit}>
      {result && !result.ok ? <ErrorState error={result} /> : null}
      <SubmitButton variant="secondary" size="small">
        End all others
      </SubmitButton>
    </form>
  );
}
