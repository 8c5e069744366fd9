'use server';

import { redirect } from 'next/navigation';
import { formAction } from '@/lib/actions/form-action';
import { setLoginCookie } from '@/lib/actions/login-cookie';
import * as accounts from '@/lib/auth/commands';
import { returnPath } from '@/lib/auth/return-path';

export const signIn = formAction(accounts.signIn, async ({ token }, form) => {
  await setLoginCookie(token);
  const from = form.get('from');
  redirect(returnPath(typeof from === 'string' ? from : undefined));
});
