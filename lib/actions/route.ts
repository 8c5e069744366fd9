import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { tokenOf } from '@/lib/auth/cookie';
import { transportHeaders } from '@/lib/auth/page-headers';
import { authorize } from '@/lib/commands/authorize';
import type { CallerOf, Needs, Visitor } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';
import { authorizeRequest, runCommand } from '@/lib/commands/run-command';
import { errorTable } from '@/lib/errors';
import { readCaller } from './caller';
import { failureOf } from './failure';
import { type Guarded, guardOf } from './guarded';
import { endWithAccess } from './stream-guard';

type Params = Record<string, string | string[] | undefined>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** Headers of API responses by default; a response is never rendered as a page. */
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
  for (const [name, value] of Object.entries({ ...always, ...transportHeaders() })) headers.set(name, value);
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

function errorResponse(thrown: unknown, where: string): Response {
  const { ok: _ok, ...error } = failureOf(thrown, where);
  return Response.json({ error }, { status: errorTable[error.code].status });
}

/** Next passes URL parameters without decoding them. */
async function readParams(params: Promise<Params> | undefined): Promise<Record<string, string>> {
  const entries = Object.entries((await params) ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, [value ?? ''].flat().join('/')]));
}

/** All checks between a request and its response. The body is not read here: it may be huge. */
function handle(
  permission: Needs,
  run: (request: Request, caller: Visitor, params: Record<string, string>) => Promise<Response>,
): Handler {
  return async (request, context) => {
    try {
      const { headers, method, signal, body } = request;
      const caller = await readCaller({ headers, method, signal, body });
      const response = await run(request, caller, await readParams(context.params));
      const token = tokenOf(headers.get('cookie'));
      return withHeaders(response, endWithAccess(response, { permission, token, userId: caller.user?.id }));
    } catch (thrown) {
      unstable_rethrow(thrown);
      const response = errorResponse(thrown, `${request.method} ${new URL(request.url).pathname}`);
      return withHeaders(response, response.body);
    }
  };
}

/** The part of an input that comes from the URL; all values are strings. */
export interface Asked {
  request: Request;
  params: Record<string, string>;
  query: Record<string, string>;
}

interface Adaption<O extends z.ZodType> {
  /** The URL parameter that is the input's `id`. */
  id?: string;
  /** Reads the command's input, not yet validated; default: from the URL. */
  input?: (asked: Asked) => unknown;
  /** Creates the response; default: JSON. */
  answer?: (output: z.output<O>) => Response;
}

/** The route handler of a command: `export const GET = route(search)`. */
export function route<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  command: Command<N, I, O>,
  {
    id,
    input = ({ params, query }) => ({ ...query, ...params }),
    answer = (output) => Response.json(output),
  }: Adaption<O> = {},
): Handler & Guarded {
  const handler = handle(command.permission, async (request, caller, segments) => {
    const params = id === undefined ? segments : { ...segments, id: segments[id] ?? '' };
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return answer(await runCommand(command, caller, () => input({ request, params, query })));
  });
  return Object.assign(handler, guardOf(command), { command });
}

const reads = new Set(['GET', 'HEAD']);

type Protocol<N extends Needs> = Pick<Guarded, 'audit'> & {
  permission: N;
  /** In the audit log, where denied requests that change something have entries; default: none. */
  name?: string;
  run: (
    request: Request,
    context: CallerOf<N> & { params: Record<string, string> },
  ) => Promise<Response> | Response;
} & (N extends 'public' | 'signed-in' ? { because: string } : unknown);

/** A route handler with its own protocol, whose requests are not the input of one command. */
export function protocolRoute<N extends Needs>(definition: Protocol<N>): Handler & Guarded {
  const handler = handle(definition.permission, async (request, caller, params) => {
    const { name, permission } = definition;
    if (name !== undefined && !reads.has(request.method))
      await authorizeRequest({ name, permission }, caller);
    else authorize(caller.user, permission);
    return definition.run(request, { ...(caller as CallerOf<N>), params });
  });
  return Object.assign(handler, guardOf(definition), {
    audit: definition.audit,
    requestName: definition.name,
  });
}
