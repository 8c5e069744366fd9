'use server';

import { redirect } from 'next/navigation';
import { formAction } from '@/lib/actions/inline';
import { readLoginToken, setLoginCookie } from '@/lib/actions/login-cookie';
import { returnPath } from '@/lib/auth/return-path';
import { signInInput } from '@/lib/auth/schema';
import { signIn as startSignIn } from '@/lib/auth/sign-in';

export const signIn = formAction({
  permission: 'public',
  because: 'Signing in has no user yet.',
  input: signInInput,
  run: async ({ name, password, from }, { client }) => {
    await setLoginCookie(await startSignIn({ name, password }, client, await readLoginToken()));
    redirect(returnPath(from));
  },
});
