// @ts-check
/** Query and headers of a build. What its Dockerfile says passes by: BuildKit reads it through the session. */
import { Refused, quote } from './refused.js';
import { map, parseJson, text } from './shapes.js';

/** @typedef {[string, string][]} Query */

/** Parameters of a build that only choose what it makes. The rest is checked below, or not known. */
const harmless = new Set(
  (
    'dockerfile labels target platform nocache pull cachefrom shmsize memory cpuperiod cpuquota cpusetcpus ulimits version ' +
    'session buildid rm forcerm'
  ).split(' '),
);

const argumentsShape = map(text());

/** @type {Record<string, (value: string, allowed: import('./allowed.js').Allowed) => string>} */
const checks = {
  networkmode(value, { network }) {
    if (/^(|default|bridge|none)$/.test(value) || (network && value === 'host')) return value;
    throw new Refused(`its network is ${quote(value)}`);
  },
  extrahosts(value, { network }) {
    if (network || !/host-gateway/i.test(value)) return value;
    throw new Refused('it names the host in its extra hosts');
  },
  remote(value) {
    if (value === 'client-session') return value;
    throw new Refused('its files are not in its request');
  },
  buildargs(value) {
    const given = /** @type {Record<string, string | null>} */ (
      argumentsShape(parseJson(Buffer.from(value)), 'buildargs')
    );
    if (Object.hasOwn(given, 'BUILDKIT_SYNTAX')) throw new Refused('its arguments name a frontend');
    return JSON.stringify(given);
  },
};

/** @param {Query} query @param {import('./allowed.js').Allowed} allowed @returns {Query} */
export const checkBuildQuery = (query, allowed) =>
  query.map(([name, value]) => {
    if (Object.hasOwn(checks, name)) return [name, checks[name]?.(value, allowed) ?? ''];
    if (harmless.has(name)) return [name, value];
    throw new Refused(`the gate does not know the parameter ${quote(name)}`);
  });

/** What the engine may call back for during a build: files, logins, secrets. */
const sessionMethods = new Set([
  '/grpc.health.v1.Health/Check',
  '/moby.filesync.v1.Auth/Credentials',
  '/moby.buildkit.secrets.v1.Secrets/GetSecret',
  '/moby.filesync.v1.FileSync/DiffCopy',
]);

/** @param {import('node:http').IncomingHttpHeaders} headers */
export function checkSessionHeaders(headers) {
  const methods = String(headers['x-docker-expose-session-grpc-method'] ?? '').split(',');
  const unknown = methods.map((name) => name.trim()).find((name) => !sessionMethods.has(name));
  if (unknown !== undefined) throw new Refused(`the gate does not know the method ${quote(unknown)}`);
}
