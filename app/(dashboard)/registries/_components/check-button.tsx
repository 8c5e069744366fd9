'use client';

import { PlugZap } from 'lucide-react';
import { useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { checkRegistry } from '@/app/(dashboard)/registries/actions';

/** Checks the registry; the page shows the result. */
export function CheckButton({ id, label = 'Check now' }: { id: string; label?: string }) {
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const check = () =>
    startTransition(async () => {
      const result = await answered(checkRegistry)({ id });
      if (!result.ok) toast(failureToast('The registry could not be checked', result, check));
    });
  return (
    <Button size="small" icon={<PlugZap aria-hidden />} pending={pending} onClick={check}>
      {label}
    </Button>
  );
}
