'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { offerPasswordPrompt } from '@/app/_hooks/password-prompt';

/** Loaded when it is asked for: every page has it, and it is rarely shown. */
const PasswordDialog = dynamic(async () => (await import('./password-dialog')).PasswordDialog);

interface Asked {
  answer: Promise<boolean>;
  resolve: (confirmed: boolean) => void;
}

function newQuestion(): Asked {
  let resolve: Asked['resolve'] = () => {};
  const answer = new Promise<boolean>((done) => (resolve = done));
  return { answer, resolve };
}

/** Asks for the password before a dangerous act, which goes on then. One dialog for all acts that wait for it. */
export function ConfirmPassword({ userName }: { userName: string }) {
  const asked = useRef<Asked | null>(null);
  const [open, setOpen] = useState(false);

  useEffect(
    () =>
      offerPasswordPrompt(() => {
        asked.current ??= newQuestion();
        setOpen(true);
        return asked.current.answer;
      }),
    [],
  );

  const close = (confirmed: boolean) => {
    setOpen(false);
    asked.current?.resolve(confirmed);
    asked.current = null;
  };
  return open ? <PasswordDialog userName={userName} onClose={close} /> : null;
}
