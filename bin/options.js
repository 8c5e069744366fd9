// @ts-check
/** The options, all of them environment variables. A test checks the README's table against these. */
import path from 'node:path';
import { StepError } from './run.js';

/** @type {readonly { name: string, defaultValue: string, meaning: string }[]} */
export const optionTable = [
  { name: 'LAYERWRIGHT_PORT', defaultValue: '3000', meaning: 'Port to listen on.' },
  {
    name: 'LAYERWRIGHT_HOST',
    defaultValue: '127.0.0.1',
    meaning: 'Address to listen on; `0.0.0.0` for all of them.',
  },
  { name: 'LAYERWRIGHT_DATA', defaultValue: 'data', meaning: 'Directory of all stored data.' },
  {
    name: 'LAYERWRIGHT_ENGINE',
    defaultValue: 'found',
    meaning: 'The engine: `unix:///path`, `tcp://host:port` or `ssh://user@host`. `DOCKER_HOST` is read too.',
  },
  {
    name: 'LAYERWRIGHT_GATE',
    defaultValue: '1',
    meaning:
      'The gate between the app and the engine: `1`: start one; `0`: none; an address: that one, which runs already.',
  },
  {
    name: 'LAYERWRIGHT_GATE_ALLOW',
    defaultValue: '',
    meaning:
      'What reaches the engine’s host and passes the gate: `network`, `profiles`, `enter`, `bind:/folder`, separated by commas.',
  },
  { name: 'LAYERWRIGHT_BUILDS', defaultValue: '2', meaning: 'How many builds run at the same time.' },
  {
    name: 'LAYERWRIGHT_ALLOWED_HOSTS',
    defaultValue: '',
    meaning: 'Additional host names, as `name` or `name:port`, separated by commas.',
  },
  {
    name: 'LAYERWRIGHT_TRUSTED_PROXIES',
    defaultValue: '',
    meaning: 'Addresses of proxies whose `X-Forwarded-For` is trusted, separated by commas.',
  },
  {
    name: 'LAYERWRIGHT_HTTPS',
    defaultValue: '0',
    meaning: '`1`: reached by https through a proxy; cookies become Secure.',
  },
  {
    name: 'LAYERWRIGHT_PUBLISHED_HOST',
    defaultValue: '',
    meaning: 'Another host name of the engine’s machine, for links to published ports.',
  },
  {
    name: 'LAYERWRIGHT_SETUP_ENGINE',
    defaultValue: '1',
    meaning: '`0`: set up no private engine where none is found.',
  },
  {
    name: 'LAYERWRIGHT_MACHINE_PORTS',
    defaultValue: '',
    meaning: 'TCP ports of this machine that containers of a private engine may reach, separated by commas.',
  },
  {
    name: 'LAYERWRIGHT_SETUP_REGISTRY',
    defaultValue: 'with a private engine',
    meaning: '`0`: set up no registry; `1`: set one up beside any engine.',
  },
  {
    name: 'LAYERWRIGHT_SETUP_BASE',
    defaultValue: '1',
    meaning: '`0`: make no base image for a private engine.',
  },
  {
    name: 'LAYERWRIGHT_REGISTRY_PORT',
    defaultValue: '5000',
    meaning: 'Port of that registry, on 127.0.0.1.',
  },
  {
    name: 'LAYERWRIGHT_REGISTRY_DELETE',
    defaultValue: '0',
    meaning: '`1`: that registry lets images be deleted from it.',
  },
  {
    name: 'LAYERWRIGHT_LOCAL_REGISTRY',
    defaultValue: 'that registry',
    meaning: 'A registry of your own to show as the local one, as `host:port`.',
  },
  {
    name: 'LAYERWRIGHT_WEB_USER',
    defaultValue: '`layerwright`, or 10001',
    meaning:
      'As root: the ordinary user of the web process, as a name or `uid:gid`. The group is to have no other members.',
  },
  {
    name: 'LAYERWRIGHT_INSTALL',
    defaultValue: '1',
    meaning: '`0`: install no packages of the distribution.',
  },
];

/** The table as Markdown, for the README. */
export const formatOptionTable = () =>
  [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...optionTable.map(
      ({ name, defaultValue, meaning }) => `| \`${name}\` | ${defaultValue || 'none'} | ${meaning} |`,
    ),
  ].join('\n');

/** @param {string} name @param {string} text */
function parsePort(name, text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new StepError(`${name}=${text} is not a port: a number from 1 to 65535.`);
  }
  return port;
}

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {number} defaultValue */
const readPort = (env, name, defaultValue) => parsePort(name, env[name] || String(defaultValue));

/** @param {NodeJS.ProcessEnv} env @param {string} name */
const readPorts = (env, name) =>
  (env[name] ? env[name].split(',') : []).map((text) => parsePort(name, text.trim()));

/** @param {NodeJS.ProcessEnv} env @param {string} name @returns {boolean | null} null if unset */
export function readSwitch(env, name) {
  const text = env[name] ?? '';
  if (text === '') return null;
  if (text === '0' || text === '1') return text === '1';
  throw new StepError(`${name}=${text} is neither 0 nor 1.`);
}

/** @param {NodeJS.ProcessEnv} env @returns {string | boolean} the address of a gate; whether to start one */
function readGate(env) {
  const text = env.LAYERWRIGHT_GATE || '1';
  if (text === '0' || text === '1') return text === '1';
  if (/^(unix:\/\/\/|tcp:\/\/)/.test(text)) return text;
  throw new StepError(
    `LAYERWRIGHT_GATE=${text} is neither 0 nor 1 nor an address: unix:///path, tcp://host:port.`,
  );
}

/** @param {NodeJS.ProcessEnv} env @param {string} root of the project */
export const parseOptions = (env, root) => ({
  port: readPort(env, 'LAYERWRIGHT_PORT', 3000),
  host: env.LAYERWRIGHT_HOST || '127.0.0.1',
  https: readSwitch(env, 'LAYERWRIGHT_HTTPS') ?? false,
  data: path.resolve(root, env.LAYERWRIGHT_DATA || 'data'),
  registryPort: readPort(env, 'LAYERWRIGHT_REGISTRY_PORT', 5000),
  registryDelete: readSwitch(env, 'LAYERWRIGHT_REGISTRY_DELETE') ?? false,
  localRegistry: env.LAYERWRIGHT_LOCAL_REGISTRY || null,
  gate: readGate(env),
  gateAllow: env.LAYERWRIGHT_GATE_ALLOW || '',
  setupEngine: readSwitch(env, 'LAYERWRIGHT_SETUP_ENGINE') ?? true,
  machinePorts: readPorts(env, 'LAYERWRIGHT_MACHINE_PORTS'),
  setupRegistry: readSwitch(env, 'LAYERWRIGHT_SETUP_REGISTRY'),
  webUser: env.LAYERWRIGHT_WEB_USER || null,
  setupBase: readSwitch(env, 'LAYERWRIGHT_SETUP_BASE') ?? true,
});

/** @typedef {ReturnType<typeof parseOptions>} Options */
