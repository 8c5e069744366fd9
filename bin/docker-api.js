// @ts-check
/** The part of the Engine API that starting needs. Uses only node:http, because packages may not be installed yet. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

/** @param {string} address `unix:///path`, `tcp://host:port` @param {NodeJS.ProcessEnv} env */
export function transport(address, env) {
  if (address.startsWith('unix://')) return { module: http, socketPath: address.slice('unix://'.length) };
  if (address.startsWith('npipe://')) return { module: http, socketPath: address.slice('npipe:'.length) };
  const { hostname, port } = new URL(address);
  if (!env.DOCKER_TLS_VERIFY) return { module: http, host: hostname, port: port || 2375 };
  /** @param {string} name */
  const certificate = (name) => readFileSync(path.join(env.DOCKER_CERT_PATH || `${env.HOME}/.docker`, name));
  return {
    module: https,
    host: hostname,
    port: port || 2376,
    ca: certificate('ca.pem'),
    cert: certificate('cert.pem'),
    key: certificate('key.pem'),
  };
}

/**
 * @param {string} address
 * @param {string} target path and query
 * @param {{ method?: string, body?: Buffer, type?: string, timeoutMs?: number }} [options] type: of the body;
 *   timeoutMs: without data
 * @returns {Promise<{ status: number, text: string }>}
 */
export function callEngine(
  address,
  target,
  { method = 'GET', body, type = 'application/x-tar', timeoutMs = 5000 } = {},
) {
  const { module, ...options } = transport(address, process.env);
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': type, 'content-length': body.length } : {};
    const request = module.request(
      { ...options, method, path: target, timeout: timeoutMs, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}

/** Whether an engine responds at the address. @param {string} address */
export async function isReachable(address) {
  try {
    return (await callEngine(address, '/_ping', { timeoutMs: 2000 })).status === 200;
  } catch {
    return false; // connection failed
  }
}

/** `Docker 20.10.24`, `Podman 5.4.2`. @param {string} address */
export async function describeEngine(address) {
  const { text } = await callEngine(address, '/version');
  const version = JSON.parse(text);
  const podman = version.Components?.some((/** @type {any} */ part) =>
    String(part.Name).startsWith('Podman'),
  );
  return `${podman ? 'Podman' : 'Docker'} ${String(version.Version).split('+')[0]}`;
}
