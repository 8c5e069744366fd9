'use server';

import { redirect } from 'next/navigation';
import { formAction } from '@/lib/actions/inline';
import { setLoginCookie } from '@/lib/actions/login-cookie';
import { setUpInput } from '@/lib/auth/schema';
import { completeSetup } from '@/lib/auth/setup';

export const setUp = formAction({
  permission: 'public',
  because: 'There is no account yet; the code of the set-up link authorizes it.',
  input: setUpInput,
  run: async (input, { client }) => {
    await setLoginCookie(await completeSetup(input, client));
    redirect('/');
  },
});
