// @ts-check
/** The gate's server: checks each request, sends a new one to the engine, and passes the answer on. */
import http from 'node:http';
import { pipeline } from 'node:stream';
import { formatAllowed } from './allowed.js';
import { readBody } from './body.js';
import { check, recognize } from './check.js';
import { Refused, quote } from './refused.js';
import { join } from './tunnel.js';

/** Logins for many registries are in one header. */
const maxHeaderSize = 64 * 1024;

/** Of the connection between two neighbours, not of the message. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** With the answer to `/_ping`: what the gate lets through of what reaches the host. */
const allowedHeader = 'layerwright-gate';

/** @param {http.IncomingMessage} answer */
const answerHeaders = (answer) =>
  Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
    hopByHop.includes(name) || name === allowedHeader || !values
      ? []
      : [/** @type {[string, string[]]} */ ([name, values])],
  );

/** @param {unknown} error @param {string} address */
function describe(error, address) {
  if (error instanceof Refused) {
    const refusal = error.status === 403 || error.status === 400;
    const message = refusal
      ? `The gate before the engine refuses this: ${error.message}.`
      : `${error.message}.`;
    return { status: error.status, verdict: refusal ? 'refused' : 'answered', message };
  }
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
  const denied = code === 'EACCES' || code === 'EPERM';
  return {
    status: 503,
    verdict: denied ? 'denied' : 'unreachable',
    message: denied
      ? `The gate is denied access to the engine at ${address}.`
      : `The gate does not reach the engine at ${address} (${code || message}).`,
  };
}

/**
 * @param {import('./host.js').Judge} judge
 * @param {(line: string) => void} log
 */
export function createGate(judge, log) {
  const { engine } = judge;
  const allowance = { [allowedHeader]: formatAllowed(judge.allowed) };

  /** @param {unknown} error @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  function refuse(error, request, response) {
    const { status, verdict, message } = describe(error, engine.address);
    if (verdict === 'refused') log(`Refused: ${request.method} ${quote(request.url)}: ${message}`);
    else if (!(error instanceof Refused)) log(message);
    if (response.headersSent || response.destroyed) return response.destroy();
    response.writeHead(status, {
      'Content-Type': 'application/json',
      Connection: 'close',
    });
    response.end(JSON.stringify({ message, gate: verdict }));
    request.resume();
  }

  /** @param {http.IncomingMessage} answer @param {http.ServerResponse} response @param {Record<string, string>} [own] headers */
  function passOn(answer, response, own) {
    response.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(answerHeaders(answer)), ...own });
    response.flushHeaders();
    // An answer that breaks off must not look whole: pipeline destroys the connection.
    pipeline(answer, response, () => undefined);
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async function serve(request, response) {
    const recognized = recognize(request);
    const bytes = recognized.call.body === 'bytes' ? Buffer.alloc(0) : (await readBody(request)).body;
    const { path, headers, body } = await check(recognized, request, bytes, false, judge);
    if (response.destroyed) return;
    const sent = engine.request({ method: request.method, path, headers });
    response.on('close', () => sent.destroy());
    let answered = false;
    sent.on('response', (answer) => {
      answered = true;
      passOn(answer, response, recognized.target.path === '/_ping' ? allowance : undefined);
      response.on('finish', () => request.resume()); // the engine may answer before it has read all
    });
    // After the answer has begun, its own end says whether it is whole.
    sent.on('error', (error) => answered || refuse(error, request, response));
    if (recognized.call.body === 'bytes') request.pipe(sent);
    else sent.end(body ?? undefined);
  }

  /** @param {http.IncomingMessage} request @param {import('node:stream').Duplex} socket @param {Buffer} head */
  function upgrade(request, socket, head) {
    const response = new http.ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(/** @type {import('node:net').Socket} */ (socket));
    response.on('finish', () => socket.end());
    socket.on('error', () => socket.destroy());
    const serveUpgrade = async () => {
      const recognized = recognize(request);
      const { body: bytes, rest } = await readBody(request, { socket, head });
      const { path, headers, body } = await check(recognized, request, bytes, true, judge);
      const sent = engine.request({ method: request.method, path, headers });
      socket.on('close', () => sent.destroy());
      sent.on('error', (error) => refuse(error, request, response));
      sent.on('response', (answer) => passOn(answer, response));
      // Bytes of the client reach the engine only now: it reads no more requests on this connection.
      sent.on('upgrade', (answer, other, early) => {
        response.detachSocket(/** @type {import('node:net').Socket} */ (socket));
        join({ socket, rest }, { answer, socket: other, rest: early });
      });
      sent.end(body ?? undefined);
    };
    serveUpgrade().catch((error) => refuse(error, request, response));
  }

  const server = http.createServer({ maxHeaderSize, requestTimeout: 0 }, (request, response) => {
    serve(request, response).catch((error) => refuse(error, request, response));
  });
  server.on('upgrade', upgrade);
  return server;
}
