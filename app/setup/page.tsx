import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Notice } from '@/app/_components/ui/notice';
import { Entrance } from '@/app/login/entrance';
import { checkHost } from '@/lib/auth/request';
import { isSetupOpen } from '@/lib/auth/setup';
import { SetUpForm } from './set-up-form';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetUpPage() {
  checkHost(await headers());
  if (!(await isSetupOpen())) notFound();
  return (
    <Entrance
      title="Welcome"
      lead="Create the administrator account. You can add more users later in Settings."
    >
      <SetUpForm />
      <Notice>
        Anyone who can build images can run code on the Docker Engine’s host. Give accounts only to people you
        would give a shell there.
      </Notice>
    </Entrance>
  );
}
