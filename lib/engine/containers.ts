import 'server-only';
import { z } from 'zod';
import { callJson, callStream, parseAnswer } from './dial';
import { containerPath } from './names';

export interface ContainerRequest {
  image: string;
  name?: string;
  command?: string[];
  /** Port within the container to a port of the engine's host, on 127.0.0.1. */
  ports?: Record<number, number>;
}

/** Makes a container and answers its id. It is not started. */
export async function createContainer({
  image,
  name,
  command,
  ports = {},
}: ContainerRequest): Promise<string> {
  const published = Object.entries(ports).map(([inside, outside]) => [
    `${inside}/tcp`,
    [{ HostIp: '127.0.0.1', HostPort: String(outside) }],
  ]);
  const answer = await callJson({
    method: 'POST',
    path: '/containers/create',
    query: { name: name && containerPath(name) },
    body: {
      Image: image,
      ...(command && { Cmd: command }),
      HostConfig: { PortBindings: Object.fromEntries(published) },
    },
  });
  return parseAnswer(z.looseObject({ Id: z.string() }), answer).Id;
}

/** ms. The engine prepares file systems and networks before it answers. */
const startTimeout = 60_000;

export async function startContainer(id: string): Promise<void> {
  await callJson({ method: 'POST', path: `/containers/${containerPath(id)}/start`, timeout: startTimeout });
}

/** Ends it if it runs, and removes it with its anonymous volumes. */
export async function removeContainer(id: string): Promise<void> {
  await callJson({
    method: 'DELETE',
    path: `/containers/${containerPath(id)}`,
    query: { force: true, v: true },
    timeout: startTimeout,
  });
}

const frameHead = 8;

/** The text of the frames in which the engine wraps the output of a container without terminal. */
function unframe(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + frameHead <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + frameHead, at + frameHead + length));
    at += frameHead + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What a container without terminal wrote so far. */
export async function containerLogs(id: string, lines = 1000): Promise<string> {
  const stream = await callStream({
    path: `/containers/${containerPath(id)}/logs`,
    query: { stdout: true, stderr: true, tail: lines },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return unframe(Buffer.concat(chunks));
}
