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
  expired: 'Your login session has ended. Sign in again to go on where you were.',
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
          When it started, it printed a set-up link. Open that link to make the first account.
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
