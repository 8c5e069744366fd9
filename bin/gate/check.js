// @ts-check
/** Decides on a request, and says what is sent in place of it. */
import { findCall } from './calls.js';
import { checkContainer, checkExecOwner } from './host.js';
import { Refused } from './refused.js';
import { parseJson } from './shapes.js';
import { formatTarget, parseTarget } from './target.js';

/** Headers that reach the engine. `Content-Type` is not among them: with that of a form, Go takes parameters from the body. */
const passed = [
  'accept',
  'user-agent',
  'x-registry-auth',
  'x-registry-config',
  'x-docker-expose-session-uuid',
  'x-docker-expose-session-name',
  'x-docker-expose-session-sharedkey',
  'x-docker-expose-session-grpc-method',
];

const protocols = ['tcp', 'h2c'];

/** @param {import('node:http').IncomingMessage} request @returns {Record<string, string | string[]>} */
function headersOf(request) {
  const given = Object.entries(request.headersDistinct).filter(([name]) => passed.includes(name));
  return { Host: 'gate', ...Object.fromEntries(given.map(([name, values]) => [name, values ?? []])) };
}

/**
 * @param {import('./calls.js').Call} call @param {import('node:http').IncomingMessage} request @param {boolean} upgrades
 * @returns {Record<string, string>} headers
 */
function checkProtocol(call, request, upgrades) {
  const protocol = request.headers.upgrade ?? '';
  if (upgrades && !(call.upgrade && protocols.includes(protocol)))
    throw new Refused('it cannot become another connection', 400);
  return upgrades ? { Connection: 'Upgrade', Upgrade: protocol } : {};
}

/** @param {Buffer} bytes @param {import('./calls.js').Call} call @param {import('./host.js').Judge} judge */
async function checkedBody(bytes, call, judge) {
  if (bytes.length === 0) return null;
  if (!call.check) throw new Refused('it has a body', 400);
  return Buffer.from(JSON.stringify(await call.check(parseJson(bytes), judge)));
}

/**
 * The call that a request is, before anything of its body is read. Throws `Refused`.
 * @param {import('node:http').IncomingMessage} request
 */
export function recognize(request) {
  const target = parseTarget(request.url ?? '');
  const call = findCall(request.method ?? '', target.path);
  if (!call) throw new Refused('it is not a call of Layerwright');
  return { call, target };
}

/**
 * @typedef {object} Checked
 * @property {string} path of the engine, with the query
 * @property {Record<string, string | string[] | number>} headers
 * @property {Buffer | null} body null: none, or the bytes of the request are sent on
 */

/**
 * @param {ReturnType<typeof recognize>} recognized
 * @param {import('node:http').IncomingMessage} request
 * @param {Buffer} bytes the body, unless the call's is `bytes`
 * @param {boolean} upgrades
 * @param {import('./host.js').Judge} judge
 * @returns {Promise<Checked>}
 */
export async function check({ call, target }, request, bytes, upgrades, judge) {
  const upgrade = checkProtocol(call, request, upgrades);
  call.headers?.(request.headers);
  const query = (await call.query?.(target.query, judge)) ?? target.query;
  const body = call.body === 'bytes' ? null : await checkedBody(bytes, call, judge);
  const name = call.path.exec(target.path)?.[1] ?? '';
  let { path } = target;
  if (call.enters === 'container')
    path = path.replace(`/containers/${name}/`, `/containers/${await checkContainer(name, judge)}/`);
  if (call.enters === 'exec') await checkExecOwner(name, judge);
  /** @type {Record<string, string | string[] | number>} */
  const headers = { ...headersOf(request), ...upgrade };
  if (body) headers['Content-Type'] = 'application/json';
  if (call.body === 'bytes') headers['Content-Type'] = 'application/x-tar';
  const length = request.headers['content-length'];
  if (call.body === 'bytes' && length !== undefined) headers['Content-Length'] = length;
  else if (call.body === 'bytes') headers['Transfer-Encoding'] = 'chunked';
  else if (request.method !== 'GET' && request.method !== 'HEAD')
    headers['Content-Length'] = body?.length ?? 0;
  return { path: formatTarget({ ...target, path, query }), headers, body };
}
