// @ts-check
/** The engine behind the gate: where it is, and what the gate itself asks it. */
import { once } from 'node:events';
import { transport } from '../docker-api.js';
import { Refused } from './refused.js';

/** @typedef {ReturnType<typeof openEngine>} Engine */

const answerTimeoutMs = 10_000;
const maxAnswerBytes = 16 * 1024 * 1024;

/** Another address than unix and tcp cannot be dialled. @param {string} address */
function checkAddress(address) {
  if (/^(unix:\/\/\/|tcp:\/\/)/.test(address)) return;
  const hint = address.startsWith('ssh://') ? ' Run the gate on the machine of the engine.' : '';
  throw new Error(`The engine's address ${address} is not unix:///path or tcp://host:port.${hint}`);
}

/** @param {AsyncIterable<Buffer>} answer */
async function readAll(answer) {
  const chunks = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw new Error('the answer of the engine is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** @param {string} address `unix:///path`, `tcp://host:port` @param {NodeJS.ProcessEnv} [env] for TLS */
export function openEngine(address, env = process.env) {
  checkAddress(address);
  const { module, ...options } = transport(address, env);
  // A connection per call, so that nothing of one call can become part of another.
  const agent = new module.Agent({ keepAlive: false });

  /** @param {import('node:http').RequestOptions} call */
  const request = (call) => module.request({ ...options, agent, setHost: false, ...call });

  /** @param {string} path @returns {Promise<unknown>} null for 404 */
  async function ask(path) {
    const asked = request({ path, headers: { Host: 'gate' }, timeout: answerTimeoutMs });
    asked.on('timeout', () => asked.destroy(new Error('it does not answer')));
    asked.end();
    const [answer] = /** @type {[import('node:http').IncomingMessage]} */ (await once(asked, 'response'));
    const text = await readAll(answer);
    if (answer.statusCode === 404) return null;
    if (answer.statusCode !== 200) throw new Refused(`The engine answers ${answer.statusCode}`, 502);
    return JSON.parse(text);
  }

  return { address, request, ask };
}
