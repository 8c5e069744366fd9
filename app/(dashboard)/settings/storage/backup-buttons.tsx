'use client';

import { useActionState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { answered } from '@/app/_hooks/answered';
import { checkBackup, makeBackup } from './actions';

export function MakeBackup() {
  const [result, submit] = useActionState(async () => answered(makeBackup)(), null);
  return (
    <form action={submit} className="flex flex-wrap items-center gap-3">
      {result && !result.ok ? <ErrorState title="No backup was made" error={result} /> : null}
      <span role="status" className="text-muted">
        {result?.ok ? 'Made and checked.' : ''}
      </span>
      <SubmitButton variant="secondary" size="small">
        Back up now
      </SubmitButton>
    </form>
  );
}

export function CheckBackup({ name }: { name: string }) {
  const [result, submit] = useActionState(answered(checkBackup), null);
  return (
    <form action={submit}>
      <input type="hidden" name="name" value={name} />
      {result && !result.ok ? <ErrorState error={result} /> : null}
      <SubmitButton variant="secondary" size="small" aria-label={`Check ${name}`}>
        Check
      </SubmitButton>
    </form>
  );
}
