import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, pageHeaders, transportHeaders } from '@/lib/auth/page-headers';
import { tokenOf } from '@/lib/auth/cookie';
import { findSignedIn } from '@/lib/auth/login-session';
import { checkHost, checkOrigin } from '@/lib/auth/request';
import { AppError, asAppError, errorTable } from '@/lib/errors';

/**
 * Adds headers to pages and rejects foreign hosts and origins early. It is not the access control: pages, actions and
 * routes each check user and origin themselves. The API is excluded, because Next truncates bodies that pass through here
 * after 10 MB; its routes set their own headers.
 */
export const config = { matcher: ['/((?!api/).*)'] };

const newNonce = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));

/** The largest form before signing in: Next reads a whole body before an action can ask who sends it. */
const maxOpenBodyBytes = 64 * 1024;

async function checkBody({ headers }: NextRequest): Promise<void> {
  const bytes = Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY);
  if (bytes <= maxOpenBodyBytes) return;
  if (!(await findSignedIn(tokenOf(headers.get('cookie'))))) throw new AppError('unauthenticated');
}

export async function proxy(request: NextRequest): Promise<NextResponse> {
  try {
    const host = checkHost(request.headers);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      checkOrigin(request.headers, request.method, host);
      await checkBody(request);
    }
  } catch (thrown) {
    const error = asAppError(thrown);
    const text = [error.message, error.hint].filter(Boolean).join('\n');
    return new NextResponse(`${text}\n`, {
      status: errorTable[error.code].status,
      headers: { ...pageHeaders, ...transportHeaders() },
    });
  }
  const { pathname, search } = request.nextUrl;
  if (pathname.startsWith('/_next/')) {
    const { 'cache-control': _cached, ...others } = pageHeaders;
    return NextResponse.next({ headers: { ...others, ...transportHeaders() } });
  }

  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next reads the nonce for its scripts from this request header, so a client's must be overwritten.
  headers.delete('content-security-policy-report-only');
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set('x-layerwright-path', pathname + search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries({ ...pageHeaders, ...transportHeaders() }))
    response.headers.set(name, value);
  return response;
}
