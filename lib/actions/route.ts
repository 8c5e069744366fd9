import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import { tokenOf } from '@/lib/auth/cookie';
import { errorTable } from '@/lib/errors';
import { type Access, type Caller, guardOf, type Guarded, type Needs, requireAccess } from './access';
import { failureOf } from './failure';
import { endWithAccess } from './stream-guard';

type Params = Record<string, string | string[] | undefined>;

type Definition<N extends Needs> = Access<N> & {
  run: (
    request: Request,
    context: Caller<N> & { params: Record<string, string> },
  ) => Promise<Response> | Response;
};

/** What an answer of the API says unless its handler says otherwise; never taken for a page. */
const defaults = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

function withHeaders(response: Response, body: ReadableStream<Uint8Array> | null): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  for (const [name, value] of Object.entries(always)) headers.set(name, value);
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

function errorResponse(thrown: unknown, where: string): Response {
  const { ok: _ok, ...error } = failureOf(thrown, where);
  return Response.json({ error }, { status: errorTable[error.code].status });
}

/** Next gives the values as they stood in the address, still encoded. */
async function readParams(params: Promise<Params> | undefined): Promise<Record<string, string>> {
  const entries = Object.entries((await params) ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, [value ?? ''].flat().join('/')]));
}

/** A route handler: `export const GET = route({ permission, run })`. Its body is never read here: it may be huge. */
export function route<N extends Needs>(
  definition: Definition<N>,
): ((request: Request, context: { params: Promise<Params> }) => Promise<Response>) & Guarded {
  const handle = async (request: Request, context: { params: Promise<Params> }) => {
    try {
      const caller = await requireAccess(definition.permission, request.headers, request.method);
      const params = await readParams(context.params);
      const response = await definition.run(request, { ...caller, params });
      const token = tokenOf(request.headers.get('cookie'));
      return withHeaders(response, endWithAccess(response, definition.permission, token));
    } catch (thrown) {
      unstable_rethrow(thrown);
      const response = errorResponse(thrown, `${request.method} ${new URL(request.url).pathname}`);
      return withHeaders(response, response.body);
    }
  };
  return Object.assign(handle, guardOf(definition));
}
