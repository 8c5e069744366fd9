// @ts-check

/**
 * Joins two connections after the engine's `101`. Each direction ends by itself; an error ends both.
 * @param {{ socket: import('node:stream').Duplex, rest: Buffer }} client
 * @param {{ answer: import('node:http').IncomingMessage, socket: import('node:net').Socket, rest: Buffer }} engine
 */
export function join(client, { answer, socket, rest }) {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let index = 0; index < answer.rawHeaders.length; index += 2)
    lines.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`);
  client.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (rest.length > 0) client.socket.write(rest);
  if (client.rest.length > 0) socket.write(client.rest);
  const ends = [client.socket, socket];
  for (const end of ends) end.on('error', () => ends.forEach((other) => other.destroy()));
  socket.on('close', () => client.socket.end()); // what the client has not read yet is still on its way
  client.socket.on('close', () => socket.destroy());
  client.socket.pipe(socket);
  socket.pipe(client.socket);
}
