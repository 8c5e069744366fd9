'use server';

import { redirect } from 'next/navigation';
import { formAction } from '@/lib/actions/form-action';
import { setLoginCookie } from '@/lib/actions/login-cookie';
import * as accounts from '@/lib/auth/commands';

export const setUp = formAction(accounts.setUp, async ({ token }) => {
  await setLoginCookie(token);
  redirect('/');
});
