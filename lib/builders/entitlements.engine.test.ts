import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:http2';
import os from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import protobuf from 'protobufjs/minimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importBaseImage } from '@/bin/base-image.js';
import { startEngine } from '@/bin/engine.js';
import { buildRequest } from '@/lib/builders/testing/request';
import { makeEngine } from '@/lib/engine/engine';
import { makeDirectory } from '@/lib/engine/testing/directory';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { finish } from '@/lib/engine/testing/run';
import { runBuild } from './run-build';

type Writer = protobuf.Writer;
const message = (fill: (writer: Writer) => Writer) => fill(protobuf.Writer.create()).finish();
/** A string or message in a field. */
const field = (writer: Writer, number: number, value: string | Uint8Array) =>
  writer.uint32(number * 8 + 2).bytes(typeof value === 'string' ? Buffer.from(value) : value);
const inputOf = (op: Uint8Array) =>
  message((to) => field(to, 1, `sha256:${createHash('sha256').update(op).digest('hex')}`));

/** What a frontend asks for: fields of pb.ExecOp, and entitlements of the solve. */
interface Asked {
  network?: 1;
  security?: 1;
  entitlements?: string[];
}

/** A SolveRequest for a command in the base image, as a frontend may make it. */
function solveRequest({ network, security, entitlements = [] }: Asked): Uint8Array {
  const platform = message((to) => field(field(to, 1, 'amd64'), 2, 'linux'));
  const source = message((to) =>
    field(
      field(
        to,
        3,
        message((of) => field(of, 1, `docker-image://docker.io/library/${baseImage}`)),
      ),
      10,
      platform,
    ),
  );
  const meta = message((to) => {
    for (const word of ['sh', '-c', `: ${randomBytes(8).toString('hex')}`]) field(to, 1, word);
    return field(to, 3, '/');
  });
  const exec = message((to) => {
    field(
      field(to, 1, meta),
      2,
      message((of) => field(of, 3, '/')),
    );
    if (network) to.uint32(3 * 8).int32(network);
    if (security) to.uint32(4 * 8).int32(security);
    return to;
  });
  const command = message((to) => field(field(field(to, 1, inputOf(source)), 2, exec), 10, platform));
  const last = message((to) => field(to, 1, inputOf(command)));
  const definition = message((to) => {
    for (const op of [source, command, last]) field(to, 1, op);
    return to;
  });
  return message((to) => {
    field(field(to, 1, randomBytes(8).toString('hex')), 2, definition);
    for (const name of entitlements) field(to, 9, name);
    return to;
  });
}

/** BuildKit's answer to Control.Solve, which the gate does not let through: empty, or why it refuses. */
async function solve(address: string, asked: Asked): Promise<string> {
  const upgrade = httpRequest({
    socketPath: address.slice('unix://'.length),
    method: 'POST',
    path: '/grpc',
    headers: { Connection: 'Upgrade', Upgrade: 'h2c' },
  }).end();
  const [, socket, head] = (await once(upgrade, 'upgrade')) as [unknown, Duplex, Buffer];
  if (head.length > 0) socket.unshift(head);
  const client = connect('http://engine', { createConnection: () => socket });
  const stream = client.request({
    ':method': 'POST',
    ':path': '/moby.buildkit.v1.Control/Solve',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let status: Record<string, unknown> = {};
  stream.on('response', (headers) => (status = { ...status, ...headers }));
  stream.on('trailers', (headers) => (status = { ...status, ...headers }));
  const content = solveRequest(asked);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(content.length, 1);
  stream.end(Buffer.concat([prefix, content]));
  stream.resume();
  await once(stream, 'close');
  client.destroy();
  expect(status).toHaveProperty('grpc-status');
  return status['grpc-status'] === '0' ? '' : decodeURIComponent(String(status['grpc-message']));
}

const onHost = async (of: typeof engine) => {
  const directory = makeDirectory({ Dockerfile: `FROM ${baseImage}\nRUN true\n` });
  const request = buildRequest({ directory, networkMode: 'host', noCache: true });
  return (await finish(runBuild(of, request, new AbortController().signal))).error;
};

describeEngine('the engine grants a build', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-entitlements-'));
  let closed: Awaited<ReturnType<typeof startEngine>>;
  beforeAll(async () => {
    closed = await startEngine({ directory, hostNetwork: false });
    await importBaseImage(closed.address, baseImage);
  }, 90_000);
  afterAll(async () => {
    await closed.stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  test('no privileges, and the network of the host only with its network mode, whatever a frontend asks for', async () => {
    const notAllowed = /(network\.host|security\.insecure) is not allowed/;
    const { address } = engine;
    expect(await solve(address, {})).toBe('');
    expect(await solve(address, { network: 1 })).toMatch(notAllowed);
    // With these the engine's own API makes a build of that network mode.
    expect(await solve(address, { network: 1, entitlements: ['network.host'] })).toBe('');
    expect(await solve(address, { security: 1 })).toMatch(notAllowed);
    expect(await solve(address, { security: 1, entitlements: ['security.insecure'] })).toMatch(notAllowed);
    expect(await onHost(engine)).toBeNull();
  }, 60_000);

  test('not even that, where its configuration says so', async () => {
    expect(await solve(closed.address, {})).toBe('');
    expect(await solve(closed.address, { network: 1, entitlements: ['network.host'] })).toMatch(
      'network.host is not allowed by build daemon configuration',
    );
    const error = await onHost(makeEngine({ id: 'closed', address: closed.address }));
    expect(error?.message).toMatch('network.host is not allowed by build daemon configuration');
  }, 60_000);
});
