import 'server-only';
import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { z } from 'zod';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { apiPrefix, hasVersion } from './api-version';
import { countChange } from './changes';
import { dockerClient } from './client';
import { connectionError, failure, type FailureBody, unreadable } from './errors';

export type Query = Record<string, string | number | boolean | string[] | undefined>;

export interface EngineCall {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Built with the functions of names.ts. */
  path: string;
  query?: Query;
  body?: Record<string, unknown>;
  /** A body of bytes (a tar). */
  file?: Readable;
  headers?: Record<string, string | string[]>;
  signal?: AbortSignal;
}

/** For calls that the engine normally answers at once. */
const shortTimeoutMs = 10_000;

/** An answer that is larger than this is a fault of the engine. */
const maxAnswerBytes = 256 * 1024 * 1024;

// Checks names.ts again: no dot segments, and no query or fragment within a name.
const safePath = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9_.~%-]+)+$/;

function dialOptions(call: EngineCall) {
  if (!safePath.test(call.path) || /%(?:2f|2e|00|0a|0d)/i.test(call.path)) {
    throw new AppError('invalid_input', 'The name cannot be part of an engine address.');
  }
  const query = Object.fromEntries(
    Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined),
  );
  return {
    // docker-modem adds the query only if the path ends with a question mark.
    path: Object.keys(query).length > 0 ? `${call.path}?` : call.path,
    method: call.method ?? 'GET',
    // Without both names docker-modem sends the options as the body, too.
    options: { _query: query, _body: call.body ?? {} },
    headers: { ...call.headers },
    file: call.file,
    abortSignal: call.signal,
  };
}

/** Accepts every status, so that it can be read: docker-modem has it only in the text of its error. */
const anyStatus = new Proxy({}, { get: () => true });

type DialOptions = Parameters<ReturnType<typeof dockerClient>['modem']['dial']>[0];

function send(engine: Engine, options: DialOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (options.abortSignal?.aborted) return reject(options.abortSignal.reason);
    dockerClient(engine).modem.dial(options, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

/** What the engine's paths begin with, once it is known. */
const knownPrefix = engineCache('api-prefix', () => ({ prefix: null as string | null }));

/** Asks the engine for its version, once. */
async function readPrefix(engine: Engine, signal: AbortSignal | undefined): Promise<string> {
  const known = knownPrefix(engine);
  if (known.prefix === null) {
    const call = { method: 'HEAD', path: '/_ping', signal: withTimeout(signal, shortTimeoutMs) } as const;
    const answer = await dial(engine, call);
    answer.resume();
    const version = answer.headers['api-version'];
    if (answer.statusCode !== 200) return '';
    known.prefix = apiPrefix(typeof version === 'string' ? version : undefined);
  }
  return known.prefix;
}

/** The path in the API version that is agreed on. */
async function versioned(engine: Engine, { path, signal }: EngineCall, options: { path: string }) {
  const prefix = hasVersion(path) ? await readPrefix(engine, signal) : '';
  return { ...options, path: `${prefix}${options.path}` };
}

/** One request. Resolves with the head of the answer of any status. */
async function dial(engine: Engine, call: EngineCall): Promise<IncomingMessage> {
  const options = { ...dialOptions(call), isStream: true, statusCodes: anyStatus };
  return (await send(engine, await versioned(engine, call, options))) as IncomingMessage;
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw unreadable(new Error(`answer larger than ${maxAnswerBytes} bytes`));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
}

/** The body of an error answer: `{"message": ...}` or plain text. */
function failureIn(text: string): FailureBody {
  try {
    const body = JSON.parse(text) as FailureBody | null;
    if (typeof body?.message === 'string') return body;
  } catch {
    // Not JSON: the text itself is the message.
  }
  return { message: text.slice(0, 2000) };
}

async function accepted(engine: Engine, answer: IncomingMessage): Promise<IncomingMessage> {
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  if (status === 400) knownPrefix(engine).prefix = null; // another engine, with other versions, may be at the address now
  throw failure(status, failureIn(await readAll(answer)), engine.address);
}

/** Reads a successful answer. Every failure is thrown as an AppError. */
async function request<T>(
  engine: Engine,
  call: EngineCall,
  read: (answer: IncomingMessage) => Promise<T>,
): Promise<T> {
  const changes = (call.method ?? 'GET') !== 'GET';
  try {
    const answer = await accepted(engine, await dial(engine, call));
    if (changes) answer.once('close', () => countChange(engine)); // a build or a pull makes changes until its end
    return await read(answer);
  } catch (thrown) {
    throw connectionError(thrown, engine.gate ?? engine.address, call.signal);
  } finally {
    if (changes) countChange(engine);
  }
}

const withTimeout = (signal: AbortSignal | undefined, timeoutMs: number) =>
  AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);

/** A short call whose answer is one JSON document (null if empty). */
export function callJson(engine: Engine, call: EngineCall & { timeoutMs?: number }): Promise<unknown> {
  const signal = withTimeout(call.signal, call.timeoutMs ?? shortTimeoutMs);
  return request(engine, { ...call, signal }, async (answer) => parseBody(await readAll(answer)));
}

/** A short call of which only the headers are used. */
export function callHeaders(
  engine: Engine,
  call: EngineCall & { timeoutMs?: number },
): Promise<IncomingMessage['headers']> {
  const signal = withTimeout(call.signal, call.timeoutMs ?? shortTimeoutMs);
  return request(engine, { ...call, signal }, async (answer) => {
    await readAll(answer);
    return answer.headers;
  });
}

/** A long call: resolves with the head of the answer. Its reader handles later errors (readJsonLines). */
export function callStream(engine: Engine, call: EngineCall): Promise<IncomingMessage> {
  return request(engine, call, (answer) => Promise.resolve(answer));
}

/** A call that becomes a raw connection (`Upgrade`). The time limit is for the call, not for the connection. */
export async function callUpgrade(engine: Engine, call: Omit<EngineCall, 'signal'>): Promise<Duplex> {
  const asking = new AbortController();
  const timer = setTimeout(() => asking.abort(new DOMException('no answer', 'TimeoutError')), shortTimeoutMs);
  const signal = asking.signal;
  const only101 = new Proxy({}, { get: (_, status) => status === '101' });
  // Without a body docker-modem announces one in chunks, whose end arrives in the terminal as a typed `0`.
  const file = call.body ? undefined : Buffer.alloc(0);
  try {
    const options = { ...dialOptions({ ...call, signal }), file, hijack: true, statusCodes: only101 };
    return (await send(engine, await versioned(engine, { ...call, signal }, options))) as Duplex;
  } catch (thrown) {
    const { statusCode, json } = thrown as { statusCode?: number; json?: FailureBody | null };
    if (statusCode) throw failure(statusCode, json ?? {}, engine.address);
    throw connectionError(thrown, engine.gate ?? engine.address, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Validates an answer. An unexpected shape is an error of the engine. */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw unreadable(parsed.error);
  return parsed.data;
}
