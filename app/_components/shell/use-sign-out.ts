'use client';

import { startTransition } from 'react';
import { signOut } from '@/app/(dashboard)/settings/actions';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';

/** Ends this login session; the action then opens the login page. */
export function useSignOut(): () => void {
  const toast = useToast();
  const leave = () =>
    startTransition(async () => {
      const result = await answered(signOut)();
      if (!result.ok) toast(failureToast('Not signed out', result, leave));
    });
  return leave;
}
