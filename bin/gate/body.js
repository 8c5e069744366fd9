// @ts-check
/** Bodies of requests that are read as a whole. */
import { Refused } from './refused.js';

const maxBytes = 4 * 1024 * 1024;

/** From this version on, Node reads the body of a request with `Upgrade` like any other; before, it is left on the socket. */
const readsUpgradeBodies = Number(process.versions.node.split('.')[0]) >= 26;

/** @param {import('node:http').IncomingMessage} request */
async function readAll(request) {
  const chunks = [];
  let size = 0;
  // Its connection is still needed for the refusal.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) throw new Refused('its body is too large', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param {import('node:stream').Duplex} socket @param {Buffer} head @param {number} length */
async function readFrom(socket, head, length) {
  let bytes = head;
  while (bytes.length < length) {
    const chunk = socket.read();
    if (chunk) bytes = Buffer.concat([bytes, chunk]);
    else if (socket.readableEnded || socket.destroyed) throw new Refused('its body is cut off', 400);
    else
      await new Promise((resolve) =>
        ['readable', 'end', 'close'].forEach((name) => socket.once(name, resolve)),
      );
  }
  return bytes;
}

/** The only chunked body that is accepted here: docker-modem sends it for a request without a body. */
const emptyChunked = Buffer.from('0\r\n\r\n');

/**
 * The body of a request, and what has come after it.
 * @param {import('node:http').IncomingMessage} request
 * @param {{ socket: import('node:stream').Duplex, head: Buffer }} [upgrade] of a request with `Upgrade`
 */
export async function readBody(request, upgrade) {
  if (!upgrade || readsUpgradeBodies)
    return { body: await readAll(request), rest: upgrade?.head ?? Buffer.alloc(0) };
  const { socket, head } = upgrade;
  const chunked = request.headers['transfer-encoding'] !== undefined;
  const length = chunked ? emptyChunked.length : Number(request.headers['content-length'] ?? 0);
  if (length > maxBytes) throw new Refused('its body is too large', 413);
  const bytes = await readFrom(socket, head, length);
  const body = bytes.subarray(0, length);
  if (chunked && !body.equals(emptyChunked)) throw new Refused('its body is in chunks', 400);
  return { body: chunked ? Buffer.alloc(0) : body, rest: bytes.subarray(length) };
}
