// @ts-check
/** What a setting exposes to the network, in plain words. */
import net from 'node:net';

/** @param {string} host a name or an address, IPv6 with or without brackets */
function isLoopback(host) {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (net.isIPv4(name) && name.startsWith('127.'))
  );
}

/** @typedef {{ text: string, hint: string }} Warning */

/** @param {{ host: string, https: boolean }} options @returns {Warning | null} */
export function serverExposure({ host, https }) {
  if (https || isLoopback(host)) return null;
  return {
    text: `Listening on ${host} without HTTPS: passwords and login sessions are readable on the network.`,
    hint: 'Use a reverse proxy with HTTPS, listen on 127.0.0.1 and set LAYERWRIGHT_HTTPS=1 (docs/guide/deploy.md).',
  };
}

/** @param {string} address of the engine @param {NodeJS.ProcessEnv} env @returns {Warning | null} */
export function engineExposure(address, env) {
  if (!/^(tcp|http):/.test(address) || env.DOCKER_TLS_VERIFY) return null;
  const who = isLoopback(new URL(address).hostname)
    ? 'every user of this machine can control it'
    : 'whoever reaches that port can control it, and is root on its machine';
  return {
    text: `The engine at ${address} is reached without TLS: ${who}.`,
    hint: 'Use its socket, ssh://user@host, or TLS with DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.',
  };
}
