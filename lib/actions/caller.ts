import 'server-only';
import { tokenOf } from '@/lib/auth/cookie';
import { findSignedIn } from '@/lib/auth/login-session';
import { checkHost, checkOrigin, clientAddress } from '@/lib/auth/request';
import type { Visitor } from '@/lib/commands/caller';

const neverAborted = new AbortController().signal;

interface Asked {
  headers: Headers;
  method: string;
  signal?: AbortSignal;
  body?: ReadableStream<Uint8Array> | null;
}

/** Checks Host, then Origin, then the login session, always in this order. The command checks the permission. */
export async function readCaller({
  headers,
  method,
  signal = neverAborted,
  body = null,
}: Asked): Promise<Visitor> {
  checkOrigin(headers, method, checkHost(headers));
  const user = await findSignedIn(tokenOf(headers.get('cookie')));
  const client = { address: clientAddress(headers), userAgent: headers.get('user-agent') ?? '' };
  return { user, client, signal, body };
}
