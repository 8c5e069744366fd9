import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Notice } from '@/app/_components/ui/notice';
import { currentUser } from '@/lib/auth/require-user';
import { returnPath } from '@/lib/auth/return-path';
import { isSetupOpen } from '@/lib/auth/setup';
import { Entrance } from './entrance';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

const reasons: Record<string, string> = {
  'signed-out': 'You are signed out.',
  expired: 'Your login session has expired. Sign in again to continue where you left off.',
};

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { from, why } = await searchParams;
  const path = returnPath(typeof from === 'string' ? from : undefined);
  if (await currentUser()) redirect(path);
  if (await isSetupOpen())
    return (
      <Entrance title="Not set up yet">
        <Notice title="This server has no administrator.">
          It printed a set-up link when it started. Open that link to create the first account.
        </Notice>
      </Entrance>
    );
  const reason = typeof why === 'string' && Object.hasOwn(reasons, why) ? reasons[why] : undefined;
  return (
    <Entrance title="Sign in">
      <SignInForm from={path === '/' ? undefined : path} reason={reason} />
    </Entrance>
  );
}
