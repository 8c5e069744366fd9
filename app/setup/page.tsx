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
      lead="Make the administrator’s account. Further users are added later, in the settings."
    >
      <SetUpForm />
      <Notice>
        Whoever can build images runs code on the host of the Docker Engine. Give accounts only to people whom
        you would give a shell there.
      </Notice>
    </Entrance>
  );
}
