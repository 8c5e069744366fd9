'use client';

import { LogOut } from 'lucide-react';
import { useActionState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { signOut } from '@/app/(dashboard)/settings/actions';
import { answered } from '@/app/_hooks/answered';

export function SignOutButton() {
  const [result, submit] = useActionState(async () => answered(signOut)(), null);
  return (
    <form action={submit} className="flex flex-wrap items-center gap-2">
      {result && !result.ok ? <ErrorState error={result} /> : null}
      <SubmitButton variant="secondary" size="small" icon={<LogOut />}>
        Sign out
      </SubmitButton>
    </form>
  );
}
